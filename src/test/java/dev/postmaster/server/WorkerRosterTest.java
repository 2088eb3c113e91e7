package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.cluster.WorkerStatus;
import dev.postmaster.cluster.WorkerStatus.State;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a reload and people's requests make of the workers of the settings. */
class WorkerRosterTest {
    private static final Map<String, String> PUMP = Map.of("pump.command", "pump");
    private static final Map<String, String> NOTHING = Map.of();

    private final WorkerScene scene = new WorkerScene(1);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void wrongSettingsLeaveARegisteredWorkerWhatItWas() {
        scene.reload(PUMP);

        scene.reload(Map.of("pump.command", "pump", "pump.environment", "HOME"));

        assertThat(scene.said()).contains("background worker \"pump\": \"HOME\" is no environment variable");
        scene.end("pump", 1);
        scene.pass(Duration.ofMinutes(1));
        assertThat(scene.launched()).containsExactly("pump", "pump");
        assertThat(scene.stateOf("pump")).isEqualTo(State.RUNNING);
    }

    @Test
    void correctedSettingsBringARejectedWorker() {
        scene.reload(Map.of("pump.command", "pump", "pump.limits", "files=3"));
        assertThat(scene.stateOf("pump")).isEqualTo(State.REJECTED);

        scene.reload(PUMP);

        assertThat(scene.stateOf("pump")).isEqualTo(State.RUNNING);
    }

    @Test
    void aWorkerThatIsStartedByHandIsAsBeforeIfThereIsNoSlotForIt() {
        scene.reload(PUMP);
        scene.reload(Map.of("pump.command", "pump", "other.command", "other", "other.autostart", "off"));

        scene.start("other");

        assertThat(scene.stateOf("other")).isEqualTo(State.OFF);
        assertThat(scene.of("other").note()).isEqualTo("too many background workers");
    }

    @Test
    void aWorkerForWhichThereWasNoSlotComesAsSoonAsOneIsFree() {
        scene.reload(PUMP);
        int pump = scene.of("pump").pid();
        scene.reload(Map.of("other.command", "other"));
        assertThat(scene.said()).contains("too many background workers");
        assertThat(scene.stateOf("other")).isEqualTo(State.REJECTED);

        scene.end(pump, 0);

        assertThat(scene.stateOf("other")).isEqualTo(State.RUNNING);
    }

    @Test
    void aWorkerThatIsStoppedWhileItWaitsForASlotStaysStopped() {
        Map<String, String> both = Map.of("pump.command", "pump", "other.command", "other");
        scene.reload(PUMP);
        int pump = scene.of("pump").pid();
        scene.reload(both);

        scene.stop("other");
        scene.end(pump, 0);
        scene.reload(both);

        assertThat(scene.launched()).containsExactly("pump");
        assertThat(scene.stateOf("other")).isEqualTo(State.STOPPED);
    }

    @Test
    void aWorkerThatIsGoneFromTheSettingsDoesNotComeWhenASlotIsFree() {
        scene.reload(PUMP);
        int pump = scene.of("pump").pid();
        scene.reload(Map.of("pump.command", "pump", "other.command", "other"));
        scene.reload(PUMP);

        scene.end(pump, 0);

        assertThat(scene.launched()).containsExactly("pump");
    }

    @Test
    void aWorkerThatShallStartByItselfFromNowOnStarts() {
        scene.reload(Map.of("pump.command", "pump", "pump.autostart", "off"));
        assertThat(scene.stateOf("pump")).isEqualTo(State.OFF);

        scene.reload(Map.of("pump.command", "pump", "pump.autostart", "on"));

        assertThat(scene.stateOf("pump")).isEqualTo(State.RUNNING);
    }

    @Test
    void whatPeopleHaveStoppedStaysStoppedWhateverAReloadSays() {
        scene.reload(PUMP);
        scene.stop("pump");
        scene.end("pump", 0);

        scene.reload(Map.of("pump.command", "pump faster"));

        assertThat(scene.stateOf("pump")).isEqualTo(State.STOPPED);
    }

    @Test
    void aWorkerThatIsAskedForWhileItLeavesIsStartedWhenItIsGone() {
        scene.reload(PUMP);
        int first = scene.of("pump").pid();
        scene.stop("pump");
        assertThat(scene.told()).containsExactly(first);
        assertThat(scene.of("pump"))
                .isEqualTo(new WorkerStatus(State.STOPPING, first, scene.time().instant(), ""));

        scene.start("pump");

        assertThat(scene.stateOf("pump")).isEqualTo(State.STOPPING);
        assertThat(scene.launched()).hasSize(1);
        scene.end(first, 1);
        assertThat(scene.stateOf("pump")).isEqualTo(State.RUNNING);
        assertThat(scene.launched()).hasSize(2);
    }

    @Test
    void whoeverIsStoppedTwiceIsToldOnceAndDoesNotComeBack() {
        scene.reload(PUMP);
        int first = scene.of("pump").pid();
        scene.stop("pump");
        scene.start("pump");
        scene.stop("pump");

        scene.end(first, 1);

        assertThat(scene.told()).containsExactly(first);
        assertThat(scene.stateOf("pump")).isEqualTo(State.STOPPED);
    }

    @Test
    void aWorkerThatIsRemovedAndComesBackBeforeItIsGoneNeverRunsTwice() {
        scene.reload(PUMP);
        int first = scene.of("pump").pid();
        scene.reload(NOTHING);

        scene.reload(Map.of("pump.command", "pump faster"));

        assertThat(scene.launched()).hasSize(1);
        assertThat(scene.stateOf("pump")).isEqualTo(State.STOPPING);
        scene.end(first, 0);
        assertThat(scene.launched()).hasSize(2);
        assertThat(scene.stateOf("pump")).isEqualTo(State.RUNNING);
    }

    @Test
    void aWorkerThatIsRemovedCannotBeAskedFor() {
        scene.reload(PUMP);
        int first = scene.of("pump").pid();
        scene.reload(NOTHING);

        scene.start("pump");
        scene.end(first, 0);

        assertThat(scene.said()).contains("there is no background worker \"pump\" to start");
        assertThat(scene.workers()).isEmpty();
    }

    @Test
    void aRestingWorkerIsStartedAtOnceOrStoppedAtOnce() {
        scene.reload(PUMP);
        scene.end("pump", 1);
        assertThat(scene.stateOf("pump")).isEqualTo(State.RESTING);
        scene.start("pump");
        assertThat(scene.stateOf("pump")).isEqualTo(State.RUNNING);
        scene.end("pump", 1);

        scene.stop("pump");

        assertThat(scene.stateOf("pump")).isEqualTo(State.STOPPED);
        scene.pass(Duration.ofHours(1));
        assertThat(scene.launched()).hasSize(2);
    }
}
