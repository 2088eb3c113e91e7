package dev.postmaster.core;

import static dev.postmaster.core.ChildKind.ARCHIVER;
import static dev.postmaster.core.ChildKind.BACKEND;
import static dev.postmaster.core.ChildKind.BGWRITER;
import static dev.postmaster.core.ChildKind.CHECKPOINTER;
import static dev.postmaster.core.ChildKind.STARTUP;
import static dev.postmaster.core.ChildKind.SYSLOGGER;
import static dev.postmaster.core.ChildKind.WAL_WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.PmAction.QuitReason;
import dev.postmaster.core.PmAction.ReportExit;
import dev.postmaster.core.PmAction.Say;
import dev.postmaster.core.PmAction.SetQuitReason;
import dev.postmaster.core.PmAction.Signal;
import dev.postmaster.core.PmAction.StartKillTimer;
import dev.postmaster.core.PmEvent.Begin;
import dev.postmaster.core.PmEvent.KillTimerExpired;
import dev.postmaster.core.PmEvent.RecoveryStarted;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CrashRulesTest {
    private static final ExitStatus KILLED = new ExitStatus.Killed(9);
    private static final Say TERMINATING = new Say("terminating any other active server processes");

    @Test
    void pm43ACrashIsReportedAndEverybodyElseIsQuit() {
        Story crashed = Rules.allKinds().running().on(Events.client(1), Events.killed(WAL_WRITER));

        assertThat(crashed.state()).isEqualTo(PmState.WAIT_BACKENDS);
        assertThat(crashed.actions())
                .containsExactly(
                        new ReportExit(WAL_WRITER, Events.PID, KILLED, true),
                        TERMINATING,
                        new SetQuitReason(QuitReason.CRASH),
                        Signal.toEverybody(Sig.QUIT),
                        new StartKillTimer());
    }

    @Test
    void pm43EverybodyMeansWalSendersTooButNotTheLogger() {
        Signal quit = Signal.toEverybody(Sig.QUIT);

        assertThat(quit.kinds()).hasSize(ChildKind.values().length - 1).doesNotContain(SYSLOGGER);
        assertThat(quit.walSenders()).isTrue();
    }

    @Test
    void pm43TheVictimsOfACrashAreNoNews() {
        Story crashed = Rules.allKinds().running().on(Events.client(1), Events.killed(WAL_WRITER));

        assertThat(crashed.on(Events.exited(CHECKPOINTER, 2)).actions())
                .containsExactly(new ReportExit(CHECKPOINTER, Events.PID, new ExitStatus.Code(2), false));
        assertThat(crashed.on(Events.exited(BACKEND, 2)).actions())
                .containsExactly(new ReportExit(BACKEND, Events.PID, new ExitStatus.Code(2), false));
    }

    static List<Story> crashesOfOthers() {
        Story starting = Rules.allKinds().story().on(new Begin());
        return List.of(
                starting.on(Events.killed(CHECKPOINTER)),
                starting.on(new RecoveryStarted(), Events.killed(CHECKPOINTER)),
                Rules.allKinds().hotStandby().on(Events.killed(CHECKPOINTER)),
                Rules.allKinds().running().on(Events.killed(CHECKPOINTER)),
                Rules.smallestWith(ARCHIVER).running().on(Events.FAST, Events.killed(ARCHIVER)));
    }

    @ParameterizedTest
    @MethodSource("crashesOfOthers")
    void pm25ACrashLeadsToWaitBackends(Story crashed) {
        assertThat(crashed.state()).isEqualTo(PmState.WAIT_BACKENDS);
        assertThat(crashed.pm().fatalError()).isTrue();
    }

    @Test
    void pm35ACrashDuringTheStopOnlySpoilsTheExit() {
        Story crashed = Rules.allKinds().stopping().on(Events.killed(BGWRITER));

        assertThat(crashed.state()).isEqualTo(PmState.WAIT_BACKENDS);
        assertThat(crashed.pm().fatalError()).isTrue();
        assertThat(crashed.actions()).contains(TERMINATING, Signal.toEverybody(Sig.QUIT));
    }

    @Test
    void pm35ACrashWhileArchivingEndsKeepsThePhase() {
        Story archiving = Rules.smallestWith(ARCHIVER)
                .running()
                .on(Events.client(1), new PmEvent.WalSenderAppeared(), Events.FAST, Events.exited(CHECKPOINTER, 0));

        Story crashed = archiving.on(Events.killed(ARCHIVER));

        assertThat(crashed.state()).isEqualTo(PmState.SHUTDOWN_2);
        assertThat(crashed.pm().fatalError()).isTrue();
    }

    @Test
    void pm45AnImmediateShutdownIsNotMadeAbnormalByItsVictims() {
        Story asked = Rules.allKinds().running().on(Events.IMMEDIATE, Events.exited(CHECKPOINTER, 2));

        assertThat(asked.pm().fatalError()).isFalse();
    }

    @Test
    void pm45ACrashWhileRecoveringFromACrashQuitsTheNewGeneration() {
        Story startedOver =
                Rules.smallestWith(BGWRITER).running().on(Events.killed(CHECKPOINTER), Events.exited(BGWRITER, 2));
        assertThat(startedOver.state()).isEqualTo(PmState.STARTUP);

        Story again = startedOver.on(Events.killed(BGWRITER));

        assertThat(again.state()).isEqualTo(PmState.WAIT_BACKENDS);
        assertThat(again.signals()).containsExactly(Signal.toEverybody(Sig.QUIT));
    }

    @Test
    void pm47ThoseWhoDoNotLeaveAreKilledOnce() {
        Story crashed = Rules.allKinds().running().on(Events.killed(WAL_WRITER));

        Story killed = crashed.on(new KillTimerExpired());

        assertThat(killed.actions())
                .containsExactly(new Say("issuing SIGKILL to recalcitrant children"), Signal.toEverybody(Sig.KILL));
        assertThat(killed.on(new KillTimerExpired()).actions()).isEmpty();
    }

    @Test
    void pm45ADeathAfterTheKillStartsTheTimerAnew() {
        Story killed = Rules.allKinds().running().on(Events.killed(WAL_WRITER), new KillTimerExpired());

        assertThat(killed.on(Events.killed(CHECKPOINTER)).actions()).contains(new StartKillTimer());
    }

    @Test
    void pm46ADeveloperMayHaveEverybodysCore() {
        Story crashed = Rules.allKinds().sendingAbort().running().on(Events.killed(WAL_WRITER));
        Story killed = crashed.on(new KillTimerExpired());
        Story asked = Rules.allKinds().sendingAbort().running().on(Events.IMMEDIATE);

        assertThat(crashed.signals()).containsExactly(Signal.toEverybody(Sig.ABRT));
        assertThat(killed.signals()).containsExactly(Signal.toEverybody(Sig.ABRT));
        assertThat(killed.said()).containsExactly("issuing SIGABRT to recalcitrant children");
        assertThat(asked.signals()).containsExactly(Signal.toEverybody(Sig.QUIT));
    }

    @Test
    void pm47AKillTimerThatRunsOutLateHurtsNobody() {
        Story startedOver = Rules.smallest().running().on(Events.killed(CHECKPOINTER));
        assertThat(startedOver.state()).isEqualTo(PmState.STARTUP);

        assertThat(startedOver.on(new KillTimerExpired()).actions()).isEmpty();
    }

    @Test
    void pm48AStartupProcessThatFailsByItselfIsTheEnd() {
        Story failed = Rules.smallest().hotStandby().on(Events.exited(STARTUP, 1));

        assertThat(failed.actions()).contains(new ReportExit(STARTUP, Events.PID, new ExitStatus.Code(1), true));
        assertThat(failed.pm().crash().startupCrashed()).isTrue();
    }

    @Test
    void pm48AStartupProcessThatDiesOfTheCrashOfAnotherIsStartedAgain() {
        Story draining = Rules.allKinds().story().on(new Begin(), Events.killed(BGWRITER));

        Story alone = draining.on(Events.exited(STARTUP, 2), Events.exited(CHECKPOINTER, 2));

        assertThat(alone.state()).isEqualTo(PmState.STARTUP);
        assertThat(alone.launched()).startsWith(STARTUP);
    }

    @Test
    void pm48aAFailureInStartupEndsTheOthersBeforeTheExit() {
        Story failed = Rules.allKinds().story().on(new Begin(), Events.exited(STARTUP, 1));

        assertThat(failed.state()).isEqualTo(PmState.WAIT_BACKENDS);
        assertThat(failed.signals()).containsExactly(Signal.toEverybody(Sig.QUIT));
    }

    @Test
    void q15AStartupProcessThatOutlivesItsQuitDoesNotOpenTheSystem() {
        Story draining = Rules.allKinds().story().on(new Begin(), Events.killed(BGWRITER));

        Story done = draining.on(Events.exited(STARTUP, 0));

        assertThat(done.state()).isEqualTo(PmState.WAIT_BACKENDS);
        assertThat(done.pm().fatalError()).isTrue();
        assertThat(done.on(Events.exited(CHECKPOINTER, 2)).state()).isEqualTo(PmState.STARTUP);
    }

    @Test
    void pm52TheLoggerLivesThroughACrash() {
        Story startedOver = Rules.allKinds()
                .story()
                .on(new Begin(), Events.killed(BGWRITER), Events.exited(STARTUP, 2), Events.exited(CHECKPOINTER, 2));

        assertThat(startedOver.state()).isEqualTo(PmState.STARTUP);
        assertThat(startedOver.launched()).doesNotContain(SYSLOGGER);
        assertThat(startedOver.pm().census().has(SYSLOGGER)).isTrue();
    }
}
