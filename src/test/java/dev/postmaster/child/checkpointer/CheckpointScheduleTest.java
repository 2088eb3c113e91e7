package dev.postmaster.child.checkpointer;

import static dev.postmaster.shmem.CheckpointFlag.FORCE;
import static dev.postmaster.shmem.CheckpointFlag.TIME;
import static dev.postmaster.shmem.CheckpointFlag.WAIT;
import static dev.postmaster.shmem.CheckpointFlag.WAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.child.checkpointer.CheckpointSchedule.LogSizes;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckpointScheduleTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Duration JUST_BEFORE = TIMEOUT.minusMillis(1);
    private static final long LIMIT = 1000;
    private static final LogSizes EMPTY = new LogSizes(0, 0);

    private final CheckpointSchedule schedule = new CheckpointSchedule(TIMEOUT, LIMIT);

    @Test
    void nothingIsDueBeforeTheTimeAndBelowTheSize() {
        assertThat(schedule.due(Set.of(), JUST_BEFORE, new LogSizes(LIMIT - 1, LIMIT - 1)))
                .isEmpty();
    }

    @Test
    void theTimeMakesOneDueIfAnythingWasWritten() {
        assertThat(schedule.due(Set.of(), TIMEOUT, new LogSizes(1, 0))).containsExactly(TIME);
        assertThat(schedule.due(Set.of(), TIMEOUT, EMPTY)).isEmpty();
    }

    @Test
    void theSizeMakesOneDueAtOnce() {
        assertThat(schedule.due(Set.of(), Duration.ZERO, new LogSizes(LIMIT, LIMIT)))
                .containsExactly(WAL);
    }

    @Test
    void aLogThatAReaderKeepsLongMakesNoneDueUntilItHasGrownAgain() {
        assertThat(schedule.due(Set.of(), Duration.ZERO, new LogSizes(10 * LIMIT, LIMIT - 1)))
                .isEmpty();
        assertThat(schedule.due(Set.of(), Duration.ZERO, new LogSizes(11 * LIMIT, LIMIT)))
                .containsExactly(WAL);
    }

    @Test
    void aRequestMakesOneDueEvenIfNothingWasWritten() {
        assertThat(schedule.due(Set.of(FORCE, WAIT), Duration.ZERO, EMPTY)).containsExactly(FORCE, WAIT);
    }

    @Test
    void itSleepsUntilTheNextMeasurementOrTheTime() {
        assertThat(schedule.sleep(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        assertThat(schedule.sleep(TIMEOUT.minusMillis(40))).isEqualTo(Duration.ofMillis(40));
        assertThat(schedule.sleep(TIMEOUT.plusMinutes(1))).isEqualTo(Duration.ofSeconds(1));
    }
}
