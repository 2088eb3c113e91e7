package dev.postmaster.core;

import static dev.postmaster.core.ChildKind.BACKEND;
import static dev.postmaster.core.ChildKind.CHECKPOINTER;
import static dev.postmaster.core.ChildKind.STARTUP;
import static dev.postmaster.core.ChildKind.SYSLOGGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.PmAction.EndDescendants;
import dev.postmaster.core.PmAction.Exit;
import dev.postmaster.core.PmAction.NotifyStopping;
import dev.postmaster.core.PmAction.QuitReason;
import dev.postmaster.core.PmAction.Say;
import dev.postmaster.core.PmAction.SetQuitReason;
import dev.postmaster.core.PmAction.Signal;
import dev.postmaster.core.PmAction.StartKillTimer;
import dev.postmaster.core.PmAction.Status;
import dev.postmaster.core.PmAction.StopAccepting;
import dev.postmaster.core.PmAction.WriteStatus;
import dev.postmaster.core.PmEvent.Begin;
import dev.postmaster.core.PmEvent.LockFileInvalid;
import dev.postmaster.core.PmEvent.RecoveryStarted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ShutdownRulesTest {
    @Test
    void pm38SmartLetsSessionsLiveAndAdmitsNoNewOnes() {
        Story asked = Rules.allKinds().running().on(Events.client(1), Events.SMART);

        assertThat(asked.state()).isEqualTo(PmState.RUN);
        assertThat(asked.actions())
                .containsExactly(
                        new Say("received smart shutdown request"),
                        new WriteStatus(Status.STOPPING),
                        new NotifyStopping());
        assertThat(asked.pm().admission()).isEqualTo(CacState.SHUTDOWN);
    }

    @Test
    void pm38SmartKeepsWhatServesTheSessions() {
        Story asked = Rules.allKinds().running().on(Events.client(1), Events.SMART);

        assertThat(asked.on(Events.exited(ChildKind.WAL_WRITER, 0)).launched()).containsExactly(ChildKind.WAL_WRITER);
        assertThat(asked.on(new PmEvent.StartAutovacWorker()).launched()).containsExactly(ChildKind.AV_WORKER);
    }

    @Test
    void pm19SmartDuringRecoveryStopsAtOnce() {
        Story starting = Rules.smallest().story().on(new Begin());

        assertThat(starting.on(Events.SMART).state()).isEqualTo(PmState.WAIT_BACKENDS);
        assertThat(starting.on(new RecoveryStarted(), Events.SMART).signals())
                .containsExactly(new Signal(StopWave.BACKENDS.kinds(), false, Sig.TERM));
    }

    @Test
    void pm20FastAbortsTransactionsAndTellsTheFirstWave() {
        Story asked = Rules.allKinds().running().on(Events.client(1), Events.FAST);

        assertThat(asked.state()).isEqualTo(PmState.WAIT_BACKENDS);
        assertThat(asked.actions())
                .containsExactly(
                        new Say("received fast shutdown request"),
                        new WriteStatus(Status.STOPPING),
                        new NotifyStopping(),
                        new Say("aborting any active transactions"),
                        new Signal(StopWave.BACKENDS.kinds(), false, Sig.TERM));
    }

    @Test
    void pm20FastDuringRecoveryHasNoTransactionsToAbort() {
        Story asked = Rules.smallest().story().on(new Begin(), Events.FAST);

        assertThat(asked.said()).containsExactly("received fast shutdown request");
    }

    @Test
    void pm21ImmediateQuitsEverybodyAndStartsTheKillTimer() {
        Story asked = Rules.allKinds().running().on(Events.client(1), Events.IMMEDIATE);

        assertThat(asked.state()).isEqualTo(PmState.WAIT_BACKENDS);
        assertThat(asked.actions())
                .endsWith(
                        new NotifyStopping(),
                        new SetQuitReason(QuitReason.STOP),
                        Signal.toEverybody(Sig.QUIT),
                        new StartKillTimer());
        assertThat(asked.pm().crash().killTimer()).isTrue();
    }

    @Test
    void pm21ImmediateTakesTheCheckpointerBackFromItsCheckpoint() {
        Story checkpointing = Rules.smallest().running().on(Events.FAST);
        assertThat(checkpointing.state()).isEqualTo(PmState.SHUTDOWN);

        Story asked = checkpointing.on(Events.IMMEDIATE);

        assertThat(asked.state()).isEqualTo(PmState.WAIT_BACKENDS);
        assertThat(asked.on(Events.exited(CHECKPOINTER, 2)).actions())
                .endsWith(new StopAccepting(), new EndDescendants(), new Exit(0));
    }

    @Test
    void q16ImmediateNeverLeadsBackFromThePhasesAfterTheCheckpoint() {
        Story archiving = Rules.allKinds().stopping();
        for (ChildKind kind : StopWave.BACKENDS.kinds()) {
            archiving = archiving.pm().census().has(kind) ? archiving.on(Events.exited(kind, 0)) : archiving;
        }
        archiving = archiving.on(Events.exited(CHECKPOINTER, 0));
        assertThat(archiving.state()).isEqualTo(PmState.SHUTDOWN_2);

        Story asked = archiving.on(Events.IMMEDIATE);

        assertThat(asked.state()).isEqualTo(PmState.SHUTDOWN_2);
        assertThat(asked.signals()).containsExactly(Signal.toEverybody(Sig.QUIT));
        assertThat(asked.on(Events.exited(ChildKind.ARCHIVER, 2)).actions())
                .endsWith(new StopAccepting(), new EndDescendants(), new Exit(0));
    }

    @Test
    void q16ImmediateDuringTheLastWaitDoesNotTouchTheListenersAgain() {
        Story waiting = lastWait();

        Story asked = waiting.on(Events.IMMEDIATE);

        assertThat(asked.state()).isEqualTo(PmState.WAIT_DEAD_END);
        assertThat(asked.actions()).doesNotContain(new StopAccepting(), new PmAction.ResumeAccepting());
        assertThat(asked.signals()).containsExactly(Signal.toEverybody(Sig.QUIT));
    }

    /** The checkpointer died in its checkpoint and the archiver has not left yet. */
    private static Story lastWait() {
        Story archiving = Rules.smallestWith(ChildKind.ARCHIVER).running().on(Events.FAST, Events.killed(CHECKPOINTER));
        assertThat(archiving.state()).isEqualTo(PmState.WAIT_DEAD_END);
        return archiving;
    }

    @Test
    void pm40ImmediateAfterACrashStillEndsAbnormally() {
        Story crashed = Rules.smallest().resetting().running().on(Events.client(1), Events.killed(BACKEND));

        Story alone = crashed.on(Events.IMMEDIATE, Events.exited(CHECKPOINTER, 2));

        assertThat(alone.actions()).endsWith(new Say("abnormal database system shutdown"), new Exit(1));
    }

    @Test
    void pm41ARequestDuringACrashCycleOnlyForbidsTheNewStart() {
        Story crashed = Rules.smallest().resetting().running().on(Events.client(1), Events.killed(BACKEND));

        Story asked = crashed.on(Events.SMART);

        assertThat(asked.state()).isEqualTo(PmState.WAIT_BACKENDS);
        assertThat(asked.signals()).isEmpty();
        assertThat(asked.on(Events.exited(CHECKPOINTER, 2)).actions()).endsWith(new Exit(1));
    }

    @Test
    void whatTheChildrenLeftBehindIsKilledOnlyWhereNobodyHadTimeToEndIt() {
        assertThat(Rules.smallest()
                        .running()
                        .on(Events.FAST, Events.exited(CHECKPOINTER, 0))
                        .actions())
                .doesNotContain(new EndDescendants())
                .endsWith(new Exit(0));
        assertThat(Rules.smallest()
                        .running()
                        .on(Events.IMMEDIATE, Events.exited(CHECKPOINTER, 2))
                        .actions())
                .contains(new EndDescendants());
    }

    @ParameterizedTest(name = "{1} after {0} changes to {2}")
    @CsvSource({
        "SMART, SMART, SMART",
        "SMART, FAST, FAST",
        "SMART, IMMEDIATE, IMMEDIATE",
        "FAST, SMART, FAST",
        "FAST, FAST, FAST",
        "FAST, IMMEDIATE, IMMEDIATE",
        "IMMEDIATE, SMART, IMMEDIATE",
        "IMMEDIATE, FAST, IMMEDIATE",
        "IMMEDIATE, IMMEDIATE, IMMEDIATE"
    })
    void pm41RequestsOnlyEscalate(ShutdownMode first, ShutdownMode second, ShutdownMode outcome) {
        Story asked = Rules.smallest()
                .running()
                .on(Events.client(1), new PmEvent.ShutdownRequested(first), new PmEvent.ShutdownRequested(second));

        assertThat(asked.pm().shutdown()).isEqualTo(outcome);
        assertThat(asked.said().isEmpty()).isEqualTo(first.atLeast(second));
    }

    @Test
    void pm41FastAfterTheFirstWaveOnlyRaisesTheLevel() {
        Story smart = Rules.smallest().story().on(new Begin(), Events.SMART);

        Story fast = smart.on(Events.FAST);

        assertThat(fast.pm().shutdown()).isEqualTo(ShutdownMode.FAST);
        assertThat(fast.signals()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SMART", "FAST", "IMMEDIATE"})
    void aRequestBeforeTheBeginningEndsItAtOnce(ShutdownMode mode) {
        Story asked = Rules.allKinds().story().on(new PmEvent.ShutdownRequested(mode));

        assertThat(asked.state()).isEqualTo(PmState.NO_CHILDREN);
        assertThat(asked.actions()).contains(new StopAccepting()).endsWith(new Exit(0));
        assertThat(asked.on(new Begin()).actions()).isEmpty();
    }

    @Test
    void pm37TheLoggerDelaysNothing() {
        Story asked = Rules.allKinds().story().on(new PmEvent.RelaunchDue(SYSLOGGER), Events.FAST);

        assertThat(asked.pm().census().has(SYSLOGGER)).isTrue();
        assertThat(asked.actions()).endsWith(new Exit(0));
    }

    @Test
    void dd22AnInvalidLockFileIsAnImmediateShutdown() {
        Story invalid = Rules.smallest().running().on(Events.client(1), new LockFileInvalid());

        assertThat(invalid.pm().shutdown()).isEqualTo(ShutdownMode.IMMEDIATE);
        assertThat(invalid.said())
                .containsExactly(
                        "performing immediate shutdown because data directory lock file is invalid",
                        "received immediate shutdown request");
    }

    @Test
    void pm23TheStartupProcessMayLeaveDuringAShutdown() {
        Story stopping = Rules.smallest().story().on(new Begin(), Events.FAST);

        Story left = stopping.on(Events.exited(STARTUP, 1));

        assertThat(left.state()).isEqualTo(PmState.SHUTDOWN);
        assertThat(left.pm().fatalError()).isFalse();
    }

    @Test
    void pm23PromotionDuringASmartShutdownStillWaitsForTheSessionsAndThenTellsEverybody() {
        Story promoted = Rules.allKinds().hotStandby().on(Events.client(1), Events.SMART, Events.exited(STARTUP, 0));
        assertThat(promoted.state()).isEqualTo(PmState.HOT_STANDBY);

        Story left = promoted.on(Events.exited(BACKEND, 0));

        assertThat(left.state()).isEqualTo(PmState.WAIT_BACKENDS);
        assertThat(left.signals()).containsExactly(new Signal(StopWave.BACKENDS.kinds(), false, Sig.TERM));
    }
}
