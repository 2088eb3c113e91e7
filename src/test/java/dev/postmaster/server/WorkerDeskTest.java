package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.cluster.WorkerStatus.State;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.PmEvent;
import dev.postmaster.core.WorkerFlag;
import dev.postmaster.core.WorkerStart;
import dev.postmaster.shmem.WorkerRecord;
import dev.postmaster.shmem.WorkerSlot;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How registered workers fare, with a launcher that only counts and in virtual time. */
class WorkerDeskTest {
    private static final int WAITER = 77;
    private static final int PROGRAM = 78;
    private static final int CHECKPOINTER = 79;

    private final WorkerScene scene = new WorkerScene(2);

    @AfterEach
    void close() {
        scene.close();
    }

    private WorkerSlot slot(int number) {
        return scene.segment().shared().workers().slot(number);
    }

    private static WorkerRecord record(String name, int waiter) {
        int flags = WorkerFlag.SHARED_MEMORY.bit();
        return new WorkerRecord(name, "", flags, WorkerStart.RECOVERY_FINISHED, 60, "lib", "Run", "", waiter);
    }

    /** A child has filled the first free slot. */
    private WorkerSlot register(int number, String name, int waiter) {
        slot(number).placeAnew(record(name, waiter)).orElseThrow();
        scene.examineSlots();
        return slot(number);
    }

    @Test
    void aFailedWorkerIsStartedAgainWhenItsTimeHasCome() {
        scene.reload(Map.of("pump.command", "pump", "pump.restart_interval", "10s"));

        scene.end("pump", 1);

        var wake = scene.time().due(new PmEvent.WorkerRetryDue());
        assertThat(wake).hasValue(scene.time().instant().plusSeconds(10));
        assertThat(scene.of("pump").at()).isEqualTo(wake.orElseThrow());
        scene.pass(Duration.ofSeconds(9));
        assertThat(scene.launched()).hasSize(1);
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.launched()).hasSize(2);
    }

    @Test
    void aProgramThatCannotBeLaunchedIsGivenUpAfterItsLimit() {
        scene.failLaunches();
        scene.reload(Map.of("pump.command", "pump", "pump.restart_interval", "1s", "pump.restart_limit", "2"));
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.stateOf("pump")).isEqualTo(State.RESTING);

        scene.pass(Duration.ofSeconds(1));

        assertThat(scene.stateOf("pump")).isEqualTo(State.GIVEN_UP);
        assertThat(scene.of("pump").note()).isEqualTo("could not be launched: Resource temporarily unavailable");
        assertThat(scene.said())
                .contains("background worker \"pump\" failed more than 2 times within 60 s and is given up");
    }

    @Test
    void aProgramThatRunsOnceAndCannotBeLaunchedHasFailed() {
        scene.failLaunches();

        scene.reload(Map.of("pump.command", "pump", "pump.restart_interval", "never"));

        assertThat(scene.stateOf("pump")).isEqualTo(State.FAILED);
    }

    /** The last child to leave in a crash cycle is buried after the new beginning. */
    @Test
    void whoeverLeavesLastIsLookedAfterNoMore() {
        scene.reload(Map.of("pump.command", "pump"));
        int pump = scene.of("pump").pid();

        scene.reinitialize();
        assertThat(scene.stateOf("pump")).isEqualTo(State.WAITING);
        scene.end(pump, 2);

        assertThat(scene.buried()).containsExactly(pump);
        assertThat(scene.stateOf("pump")).isEqualTo(State.RUNNING);
        assertThat(scene.of("pump").pid()).isNotEqualTo(pump);
    }

    @Test
    void aWorkerOfTheSettingsInAReusedSlotIsNoneOfThoseWhoKnewTheLastOne() {
        scene.addChild(WAITER, ChildKind.BGWORKER);
        WorkerSlot slot = register(0, "helper", WAITER);
        long stale = slot.generation();
        scene.end(slot.pid(), 0);

        scene.reload(Map.of("pump.command", "pump"));
        slot.requestTermination(stale);
        scene.examineSlots();

        assertThat(slot.isInUse()).isTrue();
        assertThat(slot.pidOf(stale)).isEqualTo(WorkerSlot.STOPPED);
        assertThat(scene.stateOf("pump")).isEqualTo(State.RUNNING);
        assertThat(scene.told()).isEmpty();
    }

    /** BW-11, decision 0092: a program would die of the signal. */
    @Test
    void onlyChildrenOfOursWithWorkersOfTheirOwnAreTold() {
        scene.addChild(WAITER, ChildKind.BGWORKER);
        scene.addChild(CHECKPOINTER, ChildKind.CHECKPOINTER);
        scene.addProgram(PROGRAM);

        register(0, "one", PROGRAM);
        register(1, "two", CHECKPOINTER);
        assertThat(scene.signals()).isEmpty();
        assertThat(scene.said())
                .contains("worker notification PID 78 is not valid", "worker notification PID 79 is not valid");

        scene.end(slot(0).pid(), 0);
        register(0, "three", WAITER);
        assertThat(scene.signals()).containsExactly("77 USR1");
    }

    @Test
    void whatAChildCallsItsWorkerAddsNoLine() {
        register(0, "evil\nstate = PM_RUN", 0);

        assertThat(scene.workers()).containsOnlyKeys("evil_state___PM_RUN.0");
    }

    @Test
    void aWorkerThatItsOwnerEndsIsNotCalledBackByOthers() {
        WorkerSlot slot = register(0, "helper", 0);
        int helper = slot.pid();
        slot.requestTermination(slot.generation());
        scene.examineSlots();
        assertThat(scene.told()).containsExactly(helper);

        scene.start("helper.0");
        scene.end(helper, 1);

        assertThat(slot.isInUse()).isFalse();
        assertThat(scene.launched()).hasSize(1);
    }
}
