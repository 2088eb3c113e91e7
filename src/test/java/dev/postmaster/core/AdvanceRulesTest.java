package dev.postmaster.core;

import static dev.postmaster.core.ChildKind.ARCHIVER;
import static dev.postmaster.core.ChildKind.BACKEND;
import static dev.postmaster.core.ChildKind.BGWORKER;
import static dev.postmaster.core.ChildKind.CHECKPOINTER;
import static dev.postmaster.core.ChildKind.STARTUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.PmAction.EndDescendants;
import dev.postmaster.core.PmAction.Exit;
import dev.postmaster.core.PmAction.Launch;
import dev.postmaster.core.PmAction.QuitReason;
import dev.postmaster.core.PmAction.Reinitialize;
import dev.postmaster.core.PmAction.ResumeAccepting;
import dev.postmaster.core.PmAction.Say;
import dev.postmaster.core.PmAction.SetQuitReason;
import dev.postmaster.core.PmAction.Signal;
import dev.postmaster.core.PmAction.StartKillTimer;
import dev.postmaster.core.PmAction.StopAccepting;
import dev.postmaster.core.PmAction.StopKillTimer;
import dev.postmaster.core.PmEvent.Begin;
import dev.postmaster.core.PmEvent.WalSenderAppeared;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class AdvanceRulesTest {
    private static final Signal TERM_FIRST_WAVE = new Signal(StopWave.BACKENDS.kinds(), false, Sig.TERM);
    private static final Signal CHECKPOINT = Signal.to(CHECKPOINTER, Sig.USR2);

    @Test
    void pm18SmartStopsWhenTheLastSessionHasLeft() {
        Story asked = Rules.smallest().running().on(Events.client(1), Events.client(2), Events.SMART);

        Story oneLeft = asked.on(Events.exited(BACKEND, 0));
        assertThat(oneLeft.state()).isEqualTo(PmState.RUN);

        Story noneLeft = oneLeft.on(Events.exited(BACKEND, 0));
        assertThat(noneLeft.signals()).containsExactly(TERM_FIRST_WAVE, CHECKPOINT);
    }

    @Test
    void pm18WalSendersAndWorkersDoNotKeepASmartShutdownWaiting() {
        Story asked = Rules.allKinds()
                .running()
                .with(BGWORKER)
                .on(new PmEvent.StartAutovacWorker(), Events.client(1), Events.SMART);
        assertThat(asked.state()).isEqualTo(PmState.RUN);

        Story relabelled = asked.on(new WalSenderAppeared());

        assertThat(relabelled.state()).isEqualTo(PmState.WAIT_BACKENDS);
    }

    @Test
    void pm18ASessionThatCouldNotBeLaunchedIsNotWaitedFor() {
        Story asked = Rules.smallest().running().on(Events.client(1), Events.SMART);

        assertThat(asked.on(Events.launchFailed(BACKEND)).state()).isEqualTo(PmState.SHUTDOWN);
    }

    @Test
    void pm22TheFirstWaveSparesCheckpointerArchiverLoggerAndWalSenders() {
        Story stopping = Rules.allKinds().stopping();

        assertThat(stopping.signals()).containsExactly(TERM_FIRST_WAVE);
        assertThat(TERM_FIRST_WAVE.kinds())
                .doesNotContain(CHECKPOINTER, ARCHIVER, ChildKind.SYSLOGGER)
                .hasSize(ChildKind.values().length - 3);
        assertThat(TERM_FIRST_WAVE.walSenders()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"CHECKPOINTER", "ARCHIVER", "SYSLOGGER"})
    void pm14TheShutdownCheckpointWaitsFor(ChildKind kind) {
        Pm stopping = Rules.smallest().stopping().pm();
        Pm onlyThisOne = stopping.withCensus(stopping.census().minus(BACKEND).plus(kind));

        Story left = Story.of(onlyThisOne).on(Events.exited(kind, 0));

        assertThat(AdvanceRules.advance(onlyThisOne)).isEqualTo(Step.of(onlyThisOne));
        assertThat(left.state()).isEqualTo(PmState.SHUTDOWN);
        assertThat(left.actions()).contains(CHECKPOINT);
    }

    @Test
    void pm14WalSendersSurviveUntilTheLogIsWritten() {
        Story stopping =
                Rules.smallest().running().on(Events.client(1), Events.client(2), new WalSenderAppeared(), Events.FAST);
        assertThat(stopping.state()).isEqualTo(PmState.WAIT_BACKENDS);

        Story sessionLeft = stopping.on(Events.exited(BACKEND, 1));

        assertThat(sessionLeft.state()).isEqualTo(PmState.SHUTDOWN);
        assertThat(sessionLeft.pm().census().walSenders()).isOne();
    }

    @Test
    void pm15AnImmediateShutdownWaitsForTheCheckpointerAndSkipsItsCheckpoint() {
        Story asked = Rules.smallest().running().on(Events.client(1), Events.IMMEDIATE);

        Story sessionLeft = asked.on(Events.exited(BACKEND, 2));
        assertThat(sessionLeft.state()).isEqualTo(PmState.WAIT_BACKENDS);

        Story checkpointerLeft = sessionLeft.on(Events.exited(CHECKPOINTER, 2));
        assertThat(checkpointerLeft.actions()).endsWith(new StopAccepting(), new EndDescendants(), new Exit(0));
    }

    @Test
    void pm15AfterACrashTheLastWaitIsForArchiverAndWalSenders() {
        Story crashed = Rules.smallestWith(ARCHIVER)
                .running()
                .on(Events.client(1), new WalSenderAppeared(), Events.killed(CHECKPOINTER));

        assertThat(crashed.state()).isEqualTo(PmState.WAIT_DEAD_END);
        assertThat(crashed.actions()).endsWith(new StopAccepting());
    }

    @Test
    void pm16ALostCheckpointerIsStartedForTheShutdownCheckpoint() {
        Story without = Rules.smallest().running().on(Events.launchFailed(CHECKPOINTER));

        Story asked = without.on(Events.FAST);

        assertThat(asked.state()).isEqualTo(PmState.SHUTDOWN);
        assertThat(asked.actions()).endsWith(new Launch(CHECKPOINTER), CHECKPOINT);
    }

    @Test
    void pm17WithoutAShutdownCheckpointTheRestIsQuitAndTheExitIsAbnormal() {
        Story asked = Rules.smallestWith(ARCHIVER)
                .running()
                .on(Events.launchFailed(CHECKPOINTER), Events.FAST, Events.launchFailed(CHECKPOINTER));

        assertThat(asked.state()).isEqualTo(PmState.WAIT_DEAD_END);
        assertThat(asked.actions())
                .containsExactly(
                        new SetQuitReason(QuitReason.STOP),
                        Signal.toEverybody(Sig.QUIT),
                        new StartKillTimer(),
                        new StopAccepting());
        assertThat(asked.on(Events.exited(ARCHIVER, 2)).actions()).endsWith(new Exit(1));
    }

    @Test
    void withoutAClusterThereIsNoShutdownCheckpoint() {
        Story asked = Rules.withoutCluster().running().on(Events.client(1), Events.FAST);

        assertThat(asked.on(Events.exited(BACKEND, 1)).actions()).endsWith(new StopAccepting(), new Exit(0));
    }

    @Test
    void pm26TheShutdownCheckpointReleasesArchiverAndWalSenders() {
        Story checkpointing = Rules.smallestWith(ARCHIVER).running().on(Events.FAST);

        Story done = checkpointing.on(Events.exited(CHECKPOINTER, 0));

        assertThat(done.state()).isEqualTo(PmState.SHUTDOWN_2);
        assertThat(done.signals()).containsExactly(new Signal(Set.of(ARCHIVER, BACKEND), true, Sig.USR2));
    }

    @Test
    void pm27TheLastReadersOfTheLogAreWaitedFor() {
        Story done = Rules.smallestWith(ARCHIVER)
                .running()
                .on(Events.client(1), new WalSenderAppeared(), Events.FAST, Events.exited(CHECKPOINTER, 0));

        Story archived = done.on(Events.exited(ARCHIVER, 0));
        assertThat(archived.state()).isEqualTo(PmState.SHUTDOWN_2);

        assertThat(archived.on(Events.walSenderExited()).actions()).endsWith(new StopAccepting(), new Exit(0));
    }

    @Test
    void pm28TheLastChildEndsTheLastWait() {
        Story crashed = Rules.smallestWith(ARCHIVER).running().on(Events.FAST, Events.killed(CHECKPOINTER));
        assertThat(crashed.state()).isEqualTo(PmState.WAIT_DEAD_END);

        assertThat(crashed.on(Events.exited(ARCHIVER, 2)).state()).isEqualTo(PmState.NO_CHILDREN);
    }

    @Test
    void pm29AShutdownWithACrashIsAbnormal() {
        Story crashed = Rules.smallest().running().on(Events.FAST, Events.killed(CHECKPOINTER));

        assertThat(crashed.actions()).endsWith(new Say("abnormal database system shutdown"), new Exit(1));
    }

    @Test
    void pm30AShutdownWithoutACrashIsNormal() {
        Story stopped = Rules.smallest().running().on(Events.FAST, Events.exited(CHECKPOINTER, 0));

        assertThat(stopped.actions()).endsWith(new StopAccepting(), new Exit(0));
        assertThat(stopped.said()).isEmpty();
    }

    @Test
    void pm31AFailedStartupProcessIsNotTriedAgain() {
        Story failed = Rules.smallest().story().on(new Begin(), Events.exited(STARTUP, 1));
        assertThat(failed.state()).isEqualTo(PmState.WAIT_BACKENDS);

        Story alone = failed.on(Events.exited(CHECKPOINTER, 2));

        assertThat(alone.actions()).endsWith(new Say("shutting down due to startup process failure"), new Exit(1));
    }

    @Test
    void pm32WithoutRestartACrashIsTheEnd() {
        Story crashed = Rules.smallest().noRestartAfterCrash().running().on(Events.killed(CHECKPOINTER));

        assertThat(crashed.actions())
                .endsWith(new Say("shutting down because restart_after_crash is off"), new Exit(1));
    }

    @Test
    void pm33AfterACrashTheSystemStartsOver() {
        Story crashed = Rules.smallest().resetting().running().on(Events.client(1), Events.killed(BACKEND));

        Story alone = crashed.on(Events.exited(CHECKPOINTER, 2));

        assertThat(alone.state()).isEqualTo(PmState.STARTUP);
        assertThat(alone.actions())
                .endsWith(
                        new StopAccepting(),
                        new EndDescendants(),
                        new Say("all server processes terminated; reinitializing"),
                        new StopKillTimer(),
                        new Reinitialize(),
                        new ResumeAccepting(),
                        new Launch(STARTUP),
                        new Launch(CHECKPOINTER));
    }

    @Test
    void pm50TheCrashIsNotOverBeforeRedoBegins() {
        Story startedOver = Rules.smallest().running().on(Events.killed(CHECKPOINTER));

        assertThat(startedOver.pm().fatalError()).isTrue();
        assertThat(startedOver.pm().crash().killTimer()).isFalse();
        assertThat(startedOver.pm().admission()).isEqualTo(CacState.RECOVERY);
    }

    @Test
    void withoutAClusterStartingOverIsDoneAtOnce() {
        Story crashed = Rules.withoutCluster().resetting().running().on(Events.client(1), Events.killed(BACKEND));

        assertThat(crashed.state()).isEqualTo(PmState.RUN);
        assertThat(crashed.actions()).contains(new Reinitialize(), new ResumeAccepting());
        assertThat(crashed.pm().fatalError()).isFalse();
    }

    @Test
    void aShutdownWhileStartingOverTellsTheCheckpointerTooBecauseItWillNotCheckpoint() {
        Story startedOver = Rules.smallest().running().on(Events.killed(CHECKPOINTER));

        Story asked = startedOver.on(Events.FAST);

        assertThat(asked.state()).isEqualTo(PmState.WAIT_BACKENDS);
        assertThat(asked.signals()).containsExactly(Signal.toEverybody(Sig.QUIT));
        assertThat(asked.pm().crash().killTimer()).isTrue();
    }
}
