package dev.postmaster.child.bgworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.child.TestCluster;
import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.ClusterState;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.Sig;
import dev.postmaster.core.WorkerStart;
import dev.postmaster.launch.ChildProgram;
import dev.postmaster.launch.LaunchedChild;
import dev.postmaster.launch.Nursery;
import dev.postmaster.launch.StartupData;
import dev.postmaster.launch.TestPrograms;
import dev.postmaster.launch.WorkerStartup;
import dev.postmaster.shmem.PmSignal;
import dev.postmaster.shmem.WorkerRecord;
import dev.postmaster.shmem.WorkerSlot;
import dev.postmaster.store.Databases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** BW-17, SG-17, SG-18 with real JVMs: what becomes of a function, and how it ends. */
@Timeout(120)
class BgWorkerMainTest {
    private static final ChildProgram PROGRAM = TestPrograms.jvm(WorkerProgram.class);
    private static final ExitStatus DONE = new ExitStatus.Code(0);
    private static final ExitStatus FAILED = new ExitStatus.Code(1);
    private static final String TERMINATED =
            "FATAL:  terminating background worker \"clerks\" due to administrator command\n";

    @TempDir
    Path dataDirectory;

    private ClusterLayout layout;
    private Nursery nursery;

    @BeforeEach
    void open() throws Exception {
        layout = TestCluster.create(dataDirectory, ClusterState.IN_PRODUCTION);
        // The sample workers are on the class path of the test, so that their jar may be empty.
        WorkerJar.pack(dataDirectory.resolve("w.jar"), Files.createTempDirectory(dataDirectory, "empty"));
        nursery = new Nursery(dataDirectory, Map.of("allow_root", "on", "log_min_messages", "debug1"));
    }

    @AfterEach
    void close() {
        nursery.close();
    }

    @Test
    void aFunctionThatReturnsIsDone() {
        try (LaunchedChild child = launch(SampleWorkers.Brief.class, "a cup", false)) {
            assertThat(child.outputToTheEnd()).endsWith("LOG:  this is clerk with a cup\n");
            assertThat(child.exitStatus()).isEqualTo(DONE);
            assertThat(nursery.segment().slot(1).release()).isTrue();
        }
    }

    @Test
    void anErrorIsLoggedAndEndsTheWorker() {
        try (LaunchedChild child = launch(SampleWorkers.Failing.class, "ERROR", false)) {
            assertThat(child.outputToTheEnd())
                    .contains("ERROR:  there is no room\n")
                    .endsWith("CONTEXT:  background worker \"clerk\"\n");
            assertThat(child.exitStatus()).isEqualTo(FAILED);
            assertThat(nursery.segment().slot(1).release()).isTrue();
        }
    }

    @Test
    void aBugIsAnErrorWithItsPlace() {
        try (LaunchedChild child = launch(SampleWorkers.Failing.class, "bug", false)) {
            assertThat(child.outputToTheEnd())
                    .contains("ERROR:  java.lang.IllegalStateException: never thought of that\n")
                    .contains("at dev.postmaster.child.bgworker.SampleWorkers$Failing.run(");
            assertThat(child.exitStatus()).isEqualTo(FAILED);
            assertThat(nursery.segment().slot(1).release()).isTrue();
        }
    }

    @Test
    void whatIsWorseThanAnErrorIsToldAsSuch() {
        try (LaunchedChild child = launch(SampleWorkers.Failing.class, "PANIC", false)) {
            assertThat(child.outputToTheEnd()).contains("PANIC:  there is no room\n");
            assertThat(child.exitStatus()).isEqualTo(new ExitStatus.Killed(Sig.ABRT.number()));
            assertThat(nursery.segment().slot(1).release()).isFalse();
        }
    }

    @Test
    void aWaitingWorkerHearsSignalsAndTidiesUpWhenToldToStop() {
        try (LaunchedChild child = launch(SampleWorkers.Waiting.class, "", false)) {
            child.awaitOutput("waiting\n");
            child.signal(Sig.USR1);
            child.awaitOutput("heard WOKEN\n");
            child.signal(Sig.HUP);
            child.awaitOutput("heard RELOADED\n");
            child.signal(Sig.INT);
            child.signal(Sig.TERM);
            assertThat(child.outputToTheEnd()).contains("tidied up, told to\n").endsWith(TERMINATED);
            assertThat(child.exitStatus()).isEqualTo(FAILED);
            assertThat(nursery.segment().slot(1).release()).isTrue();
        }
    }

    @Test
    void aWorkerThatDoesNotLookIsEndedAllTheSame() {
        try (LaunchedChild child = launch(SampleWorkers.Stubborn.class, "", false)) {
            child.awaitOutput("busy\n");
            child.signal(Sig.TERM);
            assertThat(child.outputToTheEnd()).endsWith(TERMINATED);
            assertThat(child.exitStatus()).isEqualTo(FAILED);
            assertThat(nursery.segment().slot(1).release()).isTrue();
        }
    }

    @Test
    void aWorkerWhosePostmasterDiesLeaves() {
        try (LaunchedChild child = launch(SampleWorkers.Waiting.class, "", false)) {
            child.awaitOutput("waiting\n");
            nursery.closeAlivePipe();
            assertThat(child.exitStatus()).isEqualTo(FAILED);
        }
    }

    /** CK-3. */
    @Test
    void aWorkerWithoutARecordIsFatal() {
        try (LaunchedChild child = nursery.launch(PROGRAM, ChildKind.BGWORKER, StartupData.NONE)) {
            assertThat(child.outputToTheEnd()).endsWith("FATAL:  unable to find bgworker entry\n");
            assertThat(child.exitStatus()).isEqualTo(FAILED);
        }
    }

    @Test
    void aFunctionThatIsNotFoundIsNamed() {
        assertFails("postmaster", "ParallelWorkerMain", "ERROR:  internal function \"ParallelWorkerMain\" not found\n");
        assertFails("postmaster", "ParallelWorkerMain", "HINT:  Library \"postmaster\" has \"backup\".");
        assertFails("gone.jar", "F", "ERROR:  could not access file \"gone.jar\": No such file or directory\n");
        assertFails("w.jar", "no.such.Class", "ERROR:  could not find function \"no.such.Class\" in file \"w.jar\"\n");
        assertFails("w.jar", SampleWorkers.Stranger.class.getName(), "HINT:  The class must implement ");
        assertFails("w.jar", SampleWorkers.Demanding.class.getName(), "HINT:  The class must be public, with a");
    }

    @Test
    void aWorkerFromAJarSeesNothingButTheApi() throws Exception {
        Path source = dataDirectory.resolve("Greeter.java");
        Files.writeString(source, """
                import dev.postmaster.worker.*;

                public final class Greeter implements WorkerFunction {
                    public void run(WorkerContext context) {
                        context.log().log("hello from " + getClass().getClassLoader().getClass().getSimpleName());
                    }
                }
                """);
        WorkerJar.build(
                dataDirectory.resolve("greeter.jar"),
                System.getProperty("java.class.path"),
                Files.createDirectory(dataDirectory.resolve("classes")),
                List.of(source));
        try (LaunchedChild child = launch("greeter.jar", "Greeter")) {
            assertThat(child.outputToTheEnd()).endsWith("LOG:  hello from URLClassLoader\n");
            assertThat(child.exitStatus()).isEqualTo(DONE);
        }
    }

    @Test
    void aWorkerUsesOneDatabase() {
        Databases.create(layout.base(), "shop");
        try (LaunchedChild child = launch(SampleWorkers.Clerk.class, "", true)) {
            assertThat(child.outputToTheEnd())
                    .contains("LOG:  changed 2, read 1 one of 2\n", "LOG:  inserted 1\n")
                    .contains("ERROR:  invalid processing mode in background worker\n");
            assertThat(child.exitStatus()).isEqualTo(FAILED);
        }
    }

    /** SG-17: the running statement is no reason to stay. */
    @Test
    void aWorkerInTheMiddleOfAQueryIsStopped() {
        Databases.create(layout.base(), "shop");
        try (LaunchedChild child = launch(SampleWorkers.Clerk.class, "stay", true)) {
            child.awaitOutput("inserted 1\n");
            child.signal(Sig.TERM);
            assertThat(child.outputToTheEnd()).endsWith(TERMINATED);
            assertThat(child.exitStatus()).isEqualTo(FAILED);
            assertThat(nursery.segment()
                            .slot(1)
                            .session()
                            .read()
                            .orElseThrow()
                            .identity()
                            .database())
                    .isEqualTo("shop");
        }
    }

    @Test
    void aWorkerThatDidNotAskForADatabaseGetsNone() {
        Databases.create(layout.base(), "shop");
        try (LaunchedChild child = launch(SampleWorkers.Clerk.class, "", false)) {
            assertThat(child.outputToTheEnd())
                    .contains("FATAL:  database connection requirement not indicated during registration\n");
            assertThat(child.exitStatus()).isEqualTo(FAILED);
        }
    }

    /** BW-10..BW-13; the test is the postmaster. */
    @Test
    void aWorkerRegistersAnotherAndFollowsItsLife() throws Exception {
        try (LaunchedChild child = launch(SampleWorkers.Master.class, "", false)) {
            child.awaitOutput("registered: NotYetStarted[]\n");
            nursery.awaitUsr1();
            assertThat(nursery.segment().pmSignals().testAndClear(PmSignal.BACKGROUND_WORKER_CHANGE))
                    .isTrue();
            WorkerSlot slot = nursery.segment().workers().slot(0);
            assertThat(slot.isInUse()).isTrue();
            assertThat(slot.record())
                    .isEqualTo(new WorkerRecord(
                            "servant",
                            "servants",
                            1,
                            WorkerStart.CONSISTENT_STATE,
                            120,
                            "w.jar",
                            SampleWorkers.Brief.class.getName(),
                            "a tray",
                            child.pid().value()));
            slot.publishPid(4711);
            child.signal(Sig.USR1);
            child.awaitOutput("awaited: Started[pid=4711]\n");
            awaitTermination(slot);
            slot.publishPid(WorkerSlot.STOPPED);
            slot.free();
            child.signal(Sig.USR1);
            assertThat(child.outputToTheEnd())
                    .contains("gone: Stopped[]\n")
                    .contains("ERROR:  background worker \"servant\": invalid restart interval\n");
            assertThat(child.exitStatus()).isEqualTo(FAILED);
        }
    }

    private static void awaitTermination(WorkerSlot slot) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (!slot.isToTerminate()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    private void assertFails(String library, String function, String words) {
        try (LaunchedChild child = launch(library, function)) {
            assertThat(child.outputToTheEnd()).contains(words);
            assertThat(child.exitStatus()).isEqualTo(FAILED);
            assertThat(nursery.segment().slot(1).release()).isTrue();
        }
    }

    private LaunchedChild launch(String library, String function) {
        return nursery.launch(
                PROGRAM, ChildKind.BGWORKER, new WorkerStartup("clerk", "clerks", library, function, "", false, 3, 0));
    }

    private LaunchedChild launch(Class<?> function, String argument, boolean databaseAccess) {
        return nursery.launch(
                PROGRAM,
                ChildKind.BGWORKER,
                new WorkerStartup("clerk", "clerks", "w.jar", function.getName(), argument, databaseAccess, 3, 0));
    }
}
