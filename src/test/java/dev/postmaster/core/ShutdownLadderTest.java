package dev.postmaster.core;

import static dev.postmaster.core.ChildKind.BACKEND;
import static dev.postmaster.core.ChildKind.CHECKPOINTER;
import static dev.postmaster.core.ChildKind.STARTUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.PmAction.Exit;
import dev.postmaster.core.PmAction.Say;
import dev.postmaster.core.PmAction.Signal;
import dev.postmaster.core.PmAction.StartKillTimer;
import dev.postmaster.core.PmAction.StartShutdownTimer;
import dev.postmaster.core.PmEvent.Begin;
import dev.postmaster.core.PmEvent.KillTimerExpired;
import org.junit.jupiter.api.Test;

/** A shutdown that becomes stronger by itself, so that no orchestrator has to kill. */
final class ShutdownLadderTest {
    private static final StartShutdownTimer SMART_CLOCK = new StartShutdownTimer(ShutdownMode.SMART, Rules.SMART_TIME);
    private static final StartShutdownTimer FAST_CLOCK = new StartShutdownTimer(ShutdownMode.FAST, Rules.FAST_TIME);

    private final Story serving = Rules.smallest().ladder().running().on(Events.client(1));

    @Test
    void eachRequestStartsItsOwnClock() {
        assertThat(serving.on(Events.SMART).actions()).endsWith(SMART_CLOCK);
        assertThat(serving.on(Events.FAST).actions()).contains(FAST_CLOCK);
        assertThat(serving.on(Events.SMART, Events.FAST).actions()).contains(FAST_CLOCK);
    }

    @Test
    void anImmediateShutdownHasTheClockOfSigkillOnly() {
        assertThat(serving.on(Events.IMMEDIATE).actions())
                .contains(new StartKillTimer())
                .noneMatch(StartShutdownTimer.class::isInstance);
    }

    @Test
    void withoutATimeoutAShutdownWaitsForEverAsInPostgreSql() {
        assertThat(Rules.smallest().running().on(Events.client(1), Events.SMART).actions())
                .noneMatch(StartShutdownTimer.class::isInstance);
    }

    @Test
    void anIdleSessionIsToldToGoWhenSmartTimesOut() {
        Story timedOut = serving.on(Events.SMART, Events.SMART_TIMED_OUT);

        assertThat(timedOut.pm().shutdown()).isEqualTo(ShutdownMode.FAST);
        assertThat(timedOut.state()).isEqualTo(PmState.WAIT_BACKENDS);
        assertThat(timedOut.actions())
                .containsExactly(
                        new Say("smart shutdown has not ended within smart_shutdown_timeout;"
                                + " going on with fast shutdown"),
                        new Say("aborting any active transactions"),
                        FAST_CLOCK,
                        new Signal(StopWave.BACKENDS.kinds(), false, Sig.TERM));
    }

    @Test
    void aChildThatStaysIsQuitWhenFastTimesOutAndThenKilled() {
        Story quit = serving.on(Events.FAST, Events.FAST_TIMED_OUT);
        Story killed = quit.on(new KillTimerExpired());

        assertThat(quit.said())
                .containsExactly("fast shutdown has not ended within fast_shutdown_timeout;"
                        + " going on with immediate shutdown");
        assertThat(quit.signals()).containsExactly(Signal.toEverybody(Sig.QUIT));
        assertThat(killed.signals()).containsExactly(Signal.toEverybody(Sig.KILL));
        assertThat(killed.on(Events.killed(BACKEND), Events.killed(CHECKPOINTER))
                        .actions())
                .endsWith(new Exit(0));
    }

    @Test
    void aCheckpointThatHangsIsGivenUp() {
        Story writing = Rules.smallest().ladder().running().on(Events.FAST);
        assertThat(writing.state()).isEqualTo(PmState.SHUTDOWN);

        assertThat(writing.on(Events.FAST_TIMED_OUT).state()).isEqualTo(PmState.WAIT_BACKENDS);
    }

    @Test
    void aClockThatRunsOutLateHurtsNobody() {
        Story fast = serving.on(Events.SMART, Events.FAST);

        assertThat(fast.on(Events.SMART_TIMED_OUT).last()).isEqualTo(Step.of(fast.pm()));
        assertThat(serving.on(Events.SMART_TIMED_OUT).last()).isEqualTo(Step.of(serving.pm()));
        assertThat(serving.on(Events.FAST_TIMED_OUT).last()).isEqualTo(Step.of(serving.pm()));
    }

    @Test
    void pm24AShutdownThatRecoveryAskedForHasAClockToo() {
        Story reached = Rules.smallest().ladder().story().on(new Begin(), Events.exited(STARTUP, 3));

        assertThat(reached.actions()).contains(SMART_CLOCK);
    }
}
