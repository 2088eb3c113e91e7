package dev.postmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The other processes are real ones: the kernel's locks belong to processes. */
@Timeout(60)
class AttachmentTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private ClusterLayout layout;

    @BeforeEach
    void makeCluster() throws IOException {
        layout = TestCluster.in(directory);
    }

    /** Joins or claims the cluster, forgets about it, says so, and stays until its input ends. */
    public static final class Other {
        private Other() {}

        public static void main(String[] arguments) throws Exception {
            attach(arguments[0], new ClusterLayout(Path.of(arguments[1])));
            collectGarbage();
            System.out.println("attached");
            while (System.in.read() >= 0) {
                // the test keeps our input open as long as we shall live
            }
        }

        private static void attach(String how, ClusterLayout layout) {
            try {
                if (how.equals("join")) {
                    Attachment.join(layout);
                } else {
                    Attachment.claim(layout, FileModes.OWNER_ONLY, Duration.ZERO);
                }
            } catch (ReportException e) {
                System.out.println(e.report().message());
                System.exit(1);
            }
        }

        /** Returns when an object that died after the attachment has been seen to be collected, twice. */
        private static void collectGarbage() throws InterruptedException {
            for (int round = 0; round < 2; round++) {
                ReferenceQueue<Object> dead = new ReferenceQueue<>();
                PhantomReference<Object> canary = new PhantomReference<>(new Object(), dead);
                while (!canary.equals(dead.remove(10))) {
                    System.gc();
                }
            }
        }
    }

    private Process other(String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        what,
                        directory.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static String said(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        return String.valueOf(output.readLine());
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void childrenOfALivePostmasterJoinFreely() throws Exception {
        try (Attachment _ = Attachment.claim(layout, FileModes.OWNER_ONLY, Duration.ZERO)) {
            assertThat(TestCluster.mode(layout.attachFile())).isEqualTo("rw-------");
            Process first = other("join");
            Process second = other("join");
            assertThat(said(first)).isEqualTo("attached");
            assertThat(said(second)).isEqualTo("attached");
            kill(first);
            kill(second);
        }
    }

    @Test
    void anOrphanedChildKeepsANewPostmasterOut_DD14() throws Exception {
        Attachment.claim(layout, FileModes.OWNER_ONLY, Duration.ZERO).close();
        Process orphan = other("join");
        assertThat(said(orphan)).isEqualTo("attached");
        Report report = catchThrowableOfType(
                        ReportException.class,
                        () -> Attachment.claim(layout, FileModes.OWNER_ONLY, Duration.ofMillis(50)))
                .report();
        assertThat(report.sqlState()).isEqualTo(SqlState.LOCK_FILE_EXISTS);
        assertThat(report.message())
                .isEqualTo("data directory \"" + directory + "\" is still in use by other server processes");
        assertThat(report.hint())
                .isEqualTo("Terminate any old server processes associated with data directory \"" + directory + "\".");
        kill(orphan);
        Attachment.claim(layout, FileModes.OWNER_ONLY, Duration.ZERO).close();
    }

    @Test
    void aNewPostmasterWaitsForOrphansToNotice() throws Exception {
        Attachment.claim(layout, FileModes.OWNER_ONLY, Duration.ZERO).close();
        Process orphan = other("join");
        assertThat(said(orphan)).isEqualTo("attached");
        orphan.outputWriter().close();
        Attachment.claim(layout, FileModes.OWNER_ONLY, LONG_ENOUGH).close();
        assertThat(orphan.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aSecondPostmasterIsKeptOutEvenWithoutALockFile() throws Exception {
        try (Attachment _ = Attachment.claim(layout, FileModes.OWNER_ONLY, Duration.ZERO)) {
            assertThat(said(other("claim"))).endsWith("is still in use by other server processes");
        }
    }

    @Test
    void whereThereIsNoFileThereIsNothingToJoin() {
        assertThat(catchThrowableOfType(ReportException.class, () -> Attachment.join(layout))
                        .report()
                        .message())
                .isEqualTo("could not lock file \"" + layout.attachFile() + "\": No such file or directory");
    }
}
