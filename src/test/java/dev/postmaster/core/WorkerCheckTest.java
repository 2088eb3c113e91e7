package dev.postmaster.core;

import static dev.postmaster.core.WorkerFlag.DATABASE_ACCESS;
import static dev.postmaster.core.WorkerFlag.PARALLEL;
import static dev.postmaster.core.WorkerFlag.SHARED_MEMORY;
import static dev.postmaster.core.WorkerStart.CONSISTENT_STATE;
import static dev.postmaster.core.WorkerStart.POSTMASTER_START;
import static dev.postmaster.core.WorkerStart.RECOVERY_FINISHED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** BW-2..BW-5: who may be registered, and from when on it may run. */
class WorkerCheckTest {
    private static final int SHARED = SHARED_MEMORY.bit();

    @Test
    void theFlagsArePostgres() {
        assertThat(SHARED_MEMORY.bit()).isEqualTo(0x0001);
        assertThat(DATABASE_ACCESS.bit()).isEqualTo(0x0002);
        assertThat(PARALLEL.bit()).isEqualTo(0x0010);
        assertThat(DATABASE_ACCESS.isIn(0x0011)).isFalse();
        assertThat(PARALLEL.isIn(0x0011)).isTrue();
    }

    @Test
    void aSoundWorkerIsNotRefused() {
        assertThat(WorkerCheck.refusal("w", SHARED, POSTMASTER_START, 60)).isEmpty();
        assertThat(WorkerCheck.refusal("w", SHARED | DATABASE_ACCESS.bit(), CONSISTENT_STATE, 0))
                .isEmpty();
        assertThat(WorkerCheck.refusal("w", SHARED | PARALLEL.bit(), RECOVERY_FINISHED, -1))
                .isEmpty();
    }

    @Test
    void aWorkerWithoutSharedMemoryIsRefused() {
        assertThat(WorkerCheck.refusal("lone", DATABASE_ACCESS.bit(), RECOVERY_FINISHED, 60))
                .contains(
                        "background worker \"lone\": background workers without shared memory access are not supported");
    }

    @Test
    void aWorkerThatStartsBeforeTheDatabasesCannotHaveOne() {
        assertThat(WorkerCheck.refusal("early", SHARED | DATABASE_ACCESS.bit(), POSTMASTER_START, 60))
                .contains(
                        "background worker \"early\": cannot request database access if starting at postmaster start");
    }

    @ParameterizedTest
    @CsvSource({"-2,false", "-1,true", "0,true", "86400000,true", "86400001,false", "9223372036854775807,false"})
    void anIntervalIsNeverOrUpToAThousandDays(long seconds, boolean valid) {
        assertThat(WorkerCheck.refusal("w", SHARED, RECOVERY_FINISHED, seconds).isEmpty())
                .isEqualTo(valid);
        if (!valid) {
            assertThat(WorkerCheck.refusal("w", SHARED, RECOVERY_FINISHED, seconds))
                    .contains("background worker \"w\": invalid restart interval");
        }
    }

    @Test
    void aParallelWorkerIsNeverRestarted() {
        assertThat(WorkerCheck.refusal("p", SHARED | PARALLEL.bit(), RECOVERY_FINISHED, 0))
                .contains("background worker \"p\": parallel workers may not be configured for restart");
    }

    @ParameterizedTest
    @EnumSource(WorkerStart.class)
    void nobodyStartsOnTheWayDown(WorkerStart start) {
        for (PmState state : PmState.values()) {
            if (state.isStopping()) {
                assertThat(start.isDue(state)).as("%s in %s", start, state).isFalse();
            }
        }
    }

    @Test
    void eachStartsFromItsMomentOn() {
        assertThat(dueIn(POSTMASTER_START))
                .containsExactly(PmState.INIT, PmState.STARTUP, PmState.RECOVERY, PmState.HOT_STANDBY, PmState.RUN);
        assertThat(dueIn(CONSISTENT_STATE)).containsExactly(PmState.HOT_STANDBY, PmState.RUN);
        assertThat(dueIn(RECOVERY_FINISHED)).containsExactly(PmState.RUN);
    }

    private static Set<PmState> dueIn(WorkerStart start) {
        Set<PmState> due = EnumSet.noneOf(PmState.class);
        for (PmState state : PmState.values()) {
            if (start.isDue(state)) {
                due.add(state);
            }
        }
        return due;
    }
}
