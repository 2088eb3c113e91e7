package dev.postmaster.core;

import static dev.postmaster.core.ChildKind.BACKEND;
import static dev.postmaster.core.ChildKind.CHECKPOINTER;
import static dev.postmaster.core.ChildKind.STARTUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.PmEvent.Begin;
import dev.postmaster.core.PmEvent.ChildExited;
import dev.postmaster.core.PmEvent.ShutdownRequested;
import org.junit.jupiter.api.Test;

final class WaitRulesTest {
    private static ChildExited exited(ChildKind kind) {
        return new ChildExited(kind, 4711, new ExitStatus.Code(0), SlotFate.GIVEN_BACK, BackendRole.SESSION, 0.5);
    }

    private static Story running() {
        return Rules.smallest().story().on(new Begin(), exited(STARTUP));
    }

    @Test
    void aStartWaitsForTheStartupProcess() {
        assertThat(Rules.smallest().story().on(new Begin()).pm().awaited()).containsExactly(STARTUP);
    }

    @Test
    void normalOperationWaitsForNobody() {
        assertThat(running().with(BACKEND).pm().awaited()).isEmpty();
    }

    @Test
    void aSmartShutdownWaitsForTheSessions_PM18() {
        Story asked = running().with(BACKEND).on(new ShutdownRequested(ShutdownMode.SMART));
        assertThat(asked.state()).isEqualTo(PmState.RUN);
        assertThat(asked.pm().awaited()).containsExactly(BACKEND);
    }

    @Test
    void aFastShutdownWaitsForTheSessionsAndThenForTheCheckpoint_PM14_PM16() {
        Story asked = running().with(BACKEND).on(new ShutdownRequested(ShutdownMode.FAST));
        assertThat(asked.pm().awaited()).containsExactly(BACKEND);
        assertThat(asked.on(exited(BACKEND)).pm().awaited()).containsExactly(CHECKPOINTER);
    }

    @Test
    void anImmediateShutdownWaitsForEverybodyAtOnce_PM14() {
        Story asked = running().with(BACKEND).on(new ShutdownRequested(ShutdownMode.IMMEDIATE));
        assertThat(asked.pm().awaited()).containsExactlyInAnyOrder(BACKEND, CHECKPOINTER);
    }

    @Test
    void aWalsenderIsWaitedForWhenTheLogIsWritten_PM61() {
        Story asked =
                running().with(BACKEND).on(new PmEvent.WalSenderAppeared(), new ShutdownRequested(ShutdownMode.FAST));
        assertThat(asked.state()).isEqualTo(PmState.SHUTDOWN);
        assertThat(asked.pm().awaited()).containsExactly(CHECKPOINTER);
        assertThat(asked.on(exited(CHECKPOINTER)).pm().awaited()).containsExactly(BACKEND);
    }
}
