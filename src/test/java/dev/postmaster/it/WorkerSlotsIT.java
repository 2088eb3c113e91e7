package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.child.bgworker.WorkerJar;
import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.FileModes;
import dev.postmaster.cluster.WorkerStatus;
import dev.postmaster.core.WorkerFlag;
import dev.postmaster.core.WorkerStart;
import dev.postmaster.shmem.PmSignal;
import dev.postmaster.shmem.SharedSegment;
import dev.postmaster.shmem.WorkerRecord;
import dev.postmaster.shmem.WorkerRegistrar;
import dev.postmaster.shmem.WorkerRegistrar.Registration;
import dev.postmaster.shmem.WorkerSlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a postmaster makes of registrations in shared memory (BW-11, BW-16, BW-19, BW-20, BW-24, BW-27, BW-28). The test
 * registers as a child would; a program that reports each SIGUSR1 is the one that wants to be told.
 */
class WorkerSlotsIT {
    private static final String ENDLESS = "database=postgres directory=backups every=1h keep=1";
    private static final int NOBODY = 0;

    private static final String LISTENER = """
            import dev.postmaster.worker.*;
            import java.time.Duration;

            public final class Listener implements WorkerFunction {
                public void run(WorkerContext context) throws Exception {
                    context.log().log("listens");
                    while (true) {
                        if (context.await(Duration.ofHours(1)) == Wake.WOKEN) {
                            context.log().log("told");
                        }
                    }
                }
            }
            """;

    @TempDir
    Path scratch;

    private Path jar;

    @BeforeEach
    void buildJar() throws IOException {
        jar = scratch.resolve("listener.jar");
        Path source = Files.writeString(scratch.resolve("Listener.java"), LISTENER);
        Path classes = Files.createDirectory(scratch.resolve("classes"));
        WorkerJar.build(jar, System.getProperty("java.class.path"), classes, List.of(source));
    }

    private RunningPostmaster start() {
        var postmaster = RunningPostmaster.start(
                "log_min_messages=debug1",
                "worker.listener.library=" + jar,
                "worker.listener.function=Listener",
                "worker.listener.start=consistent_state");
        postmaster.awaitLog("listens");
        return postmaster;
    }

    private static int pidOfListener(RunningPostmaster postmaster) {
        return new WorkerNews(postmaster)
                .await("listener", WorkerStatus.State.RUNNING)
                .pid();
    }

    private static WorkerRecord record(String name, WorkerStart start, long restartSeconds, int notifyPid) {
        int flags = WorkerFlag.SHARED_MEMORY.bit() | WorkerFlag.DATABASE_ACCESS.bit();
        return new WorkerRecord(name, "", flags, start, restartSeconds, "postmaster", "backup", ENDLESS, notifyPid);
    }

    private static Registration register(RunningPostmaster postmaster, WorkerRecord record) throws IOException {
        var layout = new ClusterLayout(postmaster.dataDirectory());
        var registrar = new WorkerRegistrar(
                ChildsVoice.segment(postmaster).workers(), layout.workerLockFile(), FileModes.OWNER_ONLY.file());
        return registrar.register(record, 8).orElseThrow();
    }

    private static WorkerSlot slot(RunningPostmaster postmaster, Registration registration) {
        SharedSegment segment = ChildsVoice.segment(postmaster);
        return segment.workers().slot(registration.slot());
    }

    private static void awaitPid(WorkerSlot slot, Registration registration, boolean running) {
        Deadline.await(
                "the worker " + (running ? "runs" : "is gone"),
                RunningPostmaster.PATIENCE,
                () -> slot.pidOf(registration.generation()) > 0 == running
                        && slot.pidOf(registration.generation()) != WorkerSlot.NOT_STARTED);
    }

    private static void awaitFree(WorkerSlot slot) {
        Deadline.await("the slot is free", RunningPostmaster.PATIENCE, () -> !slot.isInUse());
    }

    @Test
    void bw16_bw19_bw24_whoeverAskedIsToldOfTheStartAndOfTheEndAndTheSlotIsFree() throws IOException {
        try (var postmaster = start()) {
            Registration registration = register(
                    postmaster, record("helper", WorkerStart.RECOVERY_FINISHED, -1, pidOfListener(postmaster)));
            WorkerSlot slot = slot(postmaster, registration);
            ChildsVoice.say(postmaster, PmSignal.BACKGROUND_WORKER_CHANGE);
            awaitPid(slot, registration, true);
            postmaster.awaitLog("DEBUG:  registering background worker \"helper\"");
            postmaster.awaitLog("LOG:  told");

            slot.requestTermination(registration.generation());
            ChildsVoice.say(postmaster, PmSignal.BACKGROUND_WORKER_CHANGE);

            awaitPid(slot, registration, false);
            postmaster.awaitLog("LOG:  told", 2);
            awaitFree(slot);
        }
    }

    @Test
    void bw19_aRegistrationThatIsToEndBeforeItWasSeenIsNeverStarted() throws IOException {
        try (var postmaster = start()) {
            Registration registration =
                    register(postmaster, record("hasty", WorkerStart.RECOVERY_FINISHED, 60, pidOfListener(postmaster)));
            WorkerSlot slot = slot(postmaster, registration);
            slot.requestTermination(registration.generation());

            ChildsVoice.say(postmaster, PmSignal.BACKGROUND_WORKER_CHANGE);

            postmaster.awaitLog("LOG:  told");
            awaitFree(slot);
            assertThat(String.join("\n", postmaster.log())).doesNotContain("\"hasty\"");
        }
    }

    @Test
    void bw11_whoIsNoChildIsToldNothingButTheWorkerRuns() throws IOException {
        try (var postmaster = start()) {
            int stranger = (int) ProcessHandle.current().pid();
            Registration registration =
                    register(postmaster, record("helper", WorkerStart.RECOVERY_FINISHED, -1, stranger));
            ChildsVoice.say(postmaster, PmSignal.BACKGROUND_WORKER_CHANGE);

            awaitPid(slot(postmaster, registration), registration, true);
            postmaster.awaitLog("DEBUG:  worker notification PID " + stranger + " is not valid");
        }
    }

    @Test
    void bw20_aDeadWaiterIsForgottenAndTheWorkerGoesOn() throws IOException {
        try (var postmaster = start()) {
            int waiter = pidOfListener(postmaster);
            Registration registration =
                    register(postmaster, record("helper", WorkerStart.RECOVERY_FINISHED, -1, waiter));
            WorkerSlot slot = slot(postmaster, registration);
            ChildsVoice.say(postmaster, PmSignal.BACKGROUND_WORKER_CHANGE);
            awaitPid(slot, registration, true);
            int helper = slot.pid();
            new WorkerNews(postmaster).stop("listener");
            postmaster.awaitLog("unregistering background worker \"listener\"");
            assertThat(Proc.exists(helper)).isTrue();

            slot.requestTermination(registration.generation());
            ChildsVoice.say(postmaster, PmSignal.BACKGROUND_WORKER_CHANGE);

            Proc.awaitGone(helper);
            awaitPid(slot, registration, false);
        }
    }

    /** Nothing but a shutdown can end the wait for a worker that is not due. */
    @Test
    void bw27_aShutdownTellsWhoeverWaitsForAWorkerThatNeverRan() throws IOException, SQLException {
        try (var postmaster = start()) {
            postmaster.signal("QUIT");
            postmaster.awaitExit();
            try (var _ = new HeldDatabase(postmaster)) {
                postmaster.startAgain();
                postmaster.awaitLog("updating PMState from PM_STARTUP to PM_RECOVERY");
                ChildsVoice.say(postmaster, PmSignal.BEGIN_HOT_STANDBY);
                postmaster.awaitLog("listens");
                Registration registration = register(
                        postmaster, record("late", WorkerStart.RECOVERY_FINISHED, 60, pidOfListener(postmaster)));
                WorkerSlot slot = slot(postmaster, registration);
                ChildsVoice.say(postmaster, PmSignal.BACKGROUND_WORKER_CHANGE);
                postmaster.awaitLog("registering background worker \"late\"");
                assertThat(slot.pidOf(registration.generation())).isEqualTo(WorkerSlot.NOT_STARTED);

                postmaster.signal("INT");

                postmaster.awaitLog("unregistering background worker \"late\"");
                postmaster.awaitExit();
                assertThat(slot.isInUse()).isFalse();
            }
        }
    }

    @Test
    void bw28_afterACrashThoseThatRunOnceAreForgottenAndTheOthersRunAgain() throws IOException {
        try (var postmaster = start()) {
            Registration once = register(postmaster, record("once", WorkerStart.RECOVERY_FINISHED, -1, NOBODY));
            Registration often = register(postmaster, record("often", WorkerStart.RECOVERY_FINISHED, 3_600, NOBODY));
            ChildsVoice.say(postmaster, PmSignal.BACKGROUND_WORKER_CHANGE);
            awaitPid(slot(postmaster, once), once, true);
            awaitPid(slot(postmaster, often), often, true);

            RunningPostmaster.signal(
                    Proc.childrenOf(postmaster.pid(), "checkpointer").getFirst(), "KILL");

            postmaster.awaitLog("database system is ready to accept connections", 2);
            postmaster.awaitLog("unregistering background worker \"once\"");
            WorkerSlot again = slot(postmaster, often);
            Deadline.await("it runs again", RunningPostmaster.PATIENCE, () -> again.pid() > 0);
            assertThat(again.record().name()).isEqualTo("often");
        }
    }
}
