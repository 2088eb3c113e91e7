package dev.postmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockFileTest {
    private static final int SELF = 4711;
    private static final int PARENT = 4000;
    private static final int GRANDPARENT = 3000;
    private static final int STRANGER = 5000;
    private static final Set<Integer> ALIVE = Set.of(SELF, PARENT, GRANDPARENT, STRANGER);

    @TempDir
    private Path directory;

    private final List<Report> logged = new ArrayList<>();
    private ClusterLayout layout;
    private LockFileTaker taker;

    @BeforeEach
    void prepare() throws IOException {
        layout = TestCluster.in(directory);
        taker = new LockFileTaker(
                new Kinship(SELF, PARENT, OptionalInt.of(GRANDPARENT), ALIVE::contains),
                new LockClaim(directory, Instant.ofEpochSecond(1_795_366_800), 5433),
                FileModes.OWNER_ONLY,
                logged::add);
    }

    private String lines() throws IOException {
        return Files.readString(layout.lockFile());
    }

    private Report refusal() {
        return catchThrowableOfType(ReportException.class, () -> taker.takeCluster(layout))
                .report();
    }

    @Test
    void itIsCreatedWithFiveLinesAndGrowsToEight_DD9() throws IOException {
        try (LockFile lock = taker.takeCluster(layout)) {
            String created = "4711\n" + directory + "\n1795366800\n5433\n";
            assertThat(lines()).isEqualTo(created + "\n");
            assertThat(TestCluster.mode(layout.lockFile())).isEqualTo("rw-------");
            lock.socketDirectory("/tmp");
            lock.sharedMemory(42, 7);
            lock.listenAddress("*");
            lock.status(PmStatus.STARTING);
            lock.status(PmStatus.READY);
            assertThat(lines()).isEqualTo(created + "/tmp\n*\n       42         7\nready   \n");
        }
        assertThat(layout.lockFile()).doesNotExist();
        assertThat(logged).isEmpty();
    }

    @Test
    void aLineBeyondTheEndLeavesEmptyOnesBefore_DD16() throws IOException {
        try (LockFile lock = taker.takeCluster(layout)) {
            lock.status(PmStatus.STANDBY);
            assertThat(lines()).endsWith("\n5433\n\n\n\nstandby \n");
        }
    }

    @Test
    void aLineThatCannotBeWrittenIsOnlyLogged_DD16() throws IOException {
        LockFile lock = taker.takeCluster(layout);
        Files.delete(layout.lockFile());
        lock.status(PmStatus.READY);
        assertThat(logged)
                .extracting(Report::message)
                .containsExactly("could not open file \"" + layout.lockFile() + "\": No such file or directory");
    }

    @Test
    void aSecondServerIsRefused_DD13() throws IOException {
        Files.writeString(layout.lockFile(), STRANGER + "\n" + directory + "\n");
        Report report = refusal();
        assertThat(report.severity()).isEqualTo(Severity.FATAL);
        assertThat(report.sqlState()).isEqualTo(SqlState.LOCK_FILE_EXISTS);
        assertThat(report.message()).isEqualTo("lock file \"postmaster.pid\" already exists");
        assertThat(report.hint())
                .isEqualTo("Is another postmaster (PID 5000) running in data directory \"" + directory + "\"?");
        assertThat(layout.lockFile()).exists();
    }

    @Test
    void aSingleUserServerIsCalledByItsName_DD13() throws IOException {
        Files.writeString(layout.lockFile(), "-" + STRANGER + "\n");
        assertThat(refusal().hint())
                .isEqualTo("Is another postgres (PID 5000) running in data directory \"" + directory + "\"?");
    }

    @ParameterizedTest
    @ValueSource(ints = {9999, SELF, PARENT, GRANDPARENT, -9999})
    void aDeadOwnersFileIsReplaced_DD13_DD15(int pid) throws IOException {
        Files.writeString(layout.lockFile(), pid + "\n" + directory + "\n1\n1\n\n\n 1 1\nready   \n");
        try (LockFile lock = taker.takeCluster(layout)) {
            assertThat(lines()).startsWith(SELF + "\n").hasLineCount(5);
            assertThat(lock.isStillOurs()).isTrue();
        }
    }

    @Test
    void anEmptyFileMayBeAServerThatIsStarting_DD12() throws IOException {
        Files.createFile(layout.lockFile());
        Report report = refusal();
        assertThat(report.sqlState()).isEqualTo(SqlState.LOCK_FILE_EXISTS);
        assertThat(report.message()).isEqualTo("lock file \"postmaster.pid\" is empty");
        assertThat(report.hint())
                .isEqualTo("Either another server is starting, or the lock file is the remnant of a previous server"
                        + " startup crash.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "hello", "99999999999"})
    void aFileWithoutAPidIsBogus_DD12(String content) throws IOException {
        Files.writeString(layout.lockFile(), content);
        assertThat(refusal().message()).isEqualTo("bogus data in lock file \"postmaster.pid\": \"" + content + "\"");
    }

    @Test
    void anUnreadableFileIsToldWithItsReason_DD11() throws IOException {
        Files.createDirectory(layout.lockFile());
        assertThat(refusal().message()).isEqualTo("could not open lock file \"postmaster.pid\": Is a directory");
    }

    @Test
    void aDirectoryThatIsGoneCannotBeLocked_DD11() {
        ClusterLayout gone = new ClusterLayout(directory.resolve("none"));
        assertThat(catchThrowableOfType(ReportException.class, () -> taker.takeCluster(gone))
                        .report()
                        .message())
                .isEqualTo("could not create lock file \"" + gone.lockFile() + "\": No such file or directory");
    }

    @Test
    void aFileThatIsThereAndIsNotIsGivenUpAfterAHundredTries_DD11() throws IOException {
        Files.createSymbolicLink(layout.lockFile(), directory.resolve("none"));
        assertThat(refusal().message()).isEqualTo("could not create lock file \"postmaster.pid\": File exists");
    }

    @Test
    void aSocketHasALockFileOfItsOwn_DD18() throws IOException {
        Path socket = directory.resolve(".s.PGSQL.5433");
        Path file = directory.resolve(".s.PGSQL.5433.lock");
        try (LockFile lock = taker.takeSocket(socket)) {
            assertThat(Files.readString(file))
                    .isEqualTo("4711\n" + directory + "\n1795366800\n5433\n" + directory + "\n");
            lock.touch(Instant.EPOCH);
            assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.from(Instant.EPOCH));
        }
        assertThat(file).doesNotExist();
        Files.writeString(file, STRANGER + "\n");
        assertThat(catchThrowableOfType(ReportException.class, () -> taker.takeSocket(socket))
                        .report()
                        .hint())
                .isEqualTo("Is another postmaster (PID 5000) using socket file \"" + socket + "\"?");
    }

    @Test
    void aFileThatIsGoneIsNoLongerOurs_DD22() throws IOException {
        LockFile lock = taker.takeCluster(layout);
        assertThat(lock.isStillOurs()).isTrue();
        Files.delete(layout.lockFile());
        assertThat(lock.isStillOurs()).isFalse();
        assertThat(logged)
                .extracting(Report::message)
                .containsExactly("could not open file \"" + layout.lockFile() + "\": No such file or directory");
    }

    @Test
    void anotherServersFileIsNotOursAndStays_DD22() throws IOException {
        LockFile lock = taker.takeCluster(layout);
        Files.writeString(layout.lockFile(), "5000\n");
        assertThat(lock.isStillOurs()).isFalse();
        assertThat(logged)
                .extracting(Report::message)
                .containsExactly("lock file \"" + layout.lockFile() + "\" contains wrong PID: 5000 instead of 4711");
        lock.close();
        assertThat(layout.lockFile()).exists();
    }

    @Test
    void aFileThatCannotBeReadNowIsTakenForOurs_DD22() throws IOException {
        LockFile lock = taker.takeCluster(layout);
        Files.delete(layout.lockFile());
        Files.createDirectory(layout.lockFile());
        assertThat(lock.isStillOurs()).isTrue();
        assertThat(logged)
                .extracting(Report::message)
                .containsExactly(
                        "could not open file \"" + layout.lockFile() + "\": Is a directory; continuing anyway");
    }
}
