package dev.postmaster.shmem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.postmaster.os.MemfdResult;
import dev.postmaster.os.Os;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CH-43, N-6: two mappings of one memfd, as in postmaster and child. */
class SharedSegmentTest {
    private final TestSegment memory;
    private final SharedSegment postmaster;
    private final SharedSegment child;

    SharedSegmentTest() throws SegmentException {
        memory = new TestSegment(4);
        postmaster = memory.segment();
        child = memory.attached();
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void aFreshSegmentIsQuiet() {
        assertThat(child.slots()).isEqualTo(4);
        assertThat(child.quitReason()).isEqualTo(QuitReason.NOT_SENT);
        assertThat(child.recovery().phase()).isEqualTo(RecoveryPhase.NOT_STARTED);
        assertThat(child.checkpoints().pending()).isEmpty();
        for (int slot = 1; slot <= 4; slot++) {
            assertThat(child.slot(slot).state()).isEqualTo(SlotState.UNUSED);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> child.slot(0));
        assertThatIllegalArgumentException().isThrownBy(() -> child.slot(5));
    }

    @Test
    void aChildOfAnotherLifeIsTurnedAway() {
        SegmentIdentity own = postmaster.identity();
        assertRefused(new SegmentIdentity(own.size(), 2, own.creator()), "generation is 1, expected 2");
        assertRefused(new SegmentIdentity(own.size(), 1, 99), "creator is " + own.creator() + ", expected 99");
        assertRefused(
                new SegmentIdentity(own.size() + 1, 1, own.creator()),
                "size is " + own.size() + ", expected " + (own.size() + 1));
    }

    @Test
    void whatIsNoSegmentIsTurnedAway() {
        byte[] zeros = new byte[Math.toIntExact(postmaster.identity().size())];
        var other = (MemfdResult.Created) Os.open().memfds().shared("not a segment", zeros.length);
        try (var fd = other.fd()) {
            assertThatExceptionOfType(SegmentException.class)
                    .isThrownBy(() -> SharedSegment.attach(fd.number(), postmaster.identity()))
                    .withMessageStartingWith("magic is 0");
        }
        assertThatExceptionOfType(SegmentException.class)
                .isThrownBy(() -> SharedSegment.attach(9999, postmaster.identity()))
                .withMessageContaining("No such file or directory");
    }

    @Test
    void equalPmSignalsCoalesceAndEachIsSeenOnce() {
        child.pmSignals().raise(PmSignal.START_AUTOVAC_WORKER);
        child.pmSignals().raise(PmSignal.START_AUTOVAC_WORKER);
        child.pmSignals().raise(PmSignal.ADVANCE_STATE_MACHINE);
        Set<PmSignal> seen = EnumSet.noneOf(PmSignal.class);
        for (PmSignal signal : PmSignal.values()) {
            if (postmaster.pmSignals().testAndClear(signal)) {
                seen.add(signal);
            }
        }
        assertThat(seen).containsExactly(PmSignal.START_AUTOVAC_WORKER, PmSignal.ADVANCE_STATE_MACHINE);
        assertThat(postmaster.pmSignals().testAndClear(PmSignal.START_AUTOVAC_WORKER))
                .isFalse();
    }

    /** SG-28: the order is the layout. */
    @Test
    void pmSignalsStandInPostgresOrder() {
        assertThat(PmSignal.values())
                .extracting(Enum::name)
                .containsExactly(
                        "RECOVERY_STARTED",
                        "BEGIN_HOT_STANDBY",
                        "ROTATE_LOGFILE",
                        "START_AUTOVAC_LAUNCHER",
                        "START_AUTOVAC_WORKER",
                        "BACKGROUND_WORKER_CHANGE",
                        "START_WALRECEIVER",
                        "ADVANCE_STATE_MACHINE");
    }

    @Test
    void theQuitReasonReachesTheChild() {
        postmaster.quitReason(QuitReason.CRASH);
        assertThat(child.quitReason()).isEqualTo(QuitReason.CRASH);
    }

    @Test
    void recoveryThatAdvancesShows() {
        child.recovery().enter(RecoveryPhase.RECOVERING, 3);
        long ticks = postmaster.recovery().ticks();
        child.recovery().databaseDone();
        assertThat(postmaster.recovery().phase()).isEqualTo(RecoveryPhase.RECOVERING);
        assertThat(postmaster.recovery().databases()).isEqualTo(3);
        assertThat(postmaster.recovery().databasesDone()).isEqualTo(1);
        assertThat(postmaster.recovery().ticks()).isGreaterThan(ticks);
    }

    private void assertRefused(SegmentIdentity expected, String message) {
        assertThatExceptionOfType(SegmentException.class)
                .isThrownBy(() -> SharedSegment.attach(memory.memfd().number(), expected))
                .withMessage(message);
    }
}
