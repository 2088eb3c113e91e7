package dev.postmaster.core;

import static dev.postmaster.core.ChildKind.ARCHIVER;
import static dev.postmaster.core.ChildKind.AV_LAUNCHER;
import static dev.postmaster.core.ChildKind.AV_WORKER;
import static dev.postmaster.core.ChildKind.BACKEND;
import static dev.postmaster.core.ChildKind.BGWRITER;
import static dev.postmaster.core.ChildKind.CHECKPOINTER;
import static dev.postmaster.core.ChildKind.STARTUP;
import static dev.postmaster.core.ChildKind.SYSLOGGER;
import static dev.postmaster.core.ChildKind.WAL_RECEIVER;
import static dev.postmaster.core.ChildKind.WAL_WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.PmAction.Exit;
import dev.postmaster.core.PmAction.ForgetSetbacksLater;
import dev.postmaster.core.PmAction.Launch;
import dev.postmaster.core.PmAction.RelaunchLater;
import dev.postmaster.core.PmAction.Signal;
import dev.postmaster.core.PmAction.StartArchiverTimer;
import dev.postmaster.core.PmEvent.ArchiverRetryDue;
import dev.postmaster.core.PmEvent.Begin;
import dev.postmaster.core.PmEvent.RecoveryStarted;
import dev.postmaster.core.PmEvent.RelaunchDue;
import dev.postmaster.core.PmEvent.SettingsChanged;
import dev.postmaster.core.PmEvent.StartAutovacLauncher;
import dev.postmaster.core.PmEvent.StartAutovacWorker;
import dev.postmaster.core.PmEvent.StartWalReceiver;
import dev.postmaster.core.PmSettings.Archiving;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LaunchRulesTest {
    private static final Signal FREE_THE_LAUNCHER = Signal.to(AV_LAUNCHER, Sig.USR2);

    @ParameterizedTest
    @EnumSource(names = {"BGWRITER", "WAL_WRITER", "AV_LAUNCHER", "SYSLOGGER"})
    void pm64AKindThatEndsWellIsReplacedAtOnce(ChildKind kind) {
        assertThat(Rules.allKinds().running().on(Events.exited(kind, 0)).launched())
                .containsExactly(kind);
    }

    @Test
    void ck7TheAutovacuumLauncherRunsInNormalOperationOnly() {
        assertThat(Rules.allKinds().hotStandby().pm().census().has(AV_LAUNCHER)).isFalse();
        assertThat(Rules.allKinds().running().pm().census().has(AV_LAUNCHER)).isTrue();
    }

    @Test
    void ck7WithAutovacuumOffALauncherComesWhenAskedForAndOnlyOnce() {
        Story off = Rules.allKinds().noAutovacuum().running();
        assertThat(off.pm().census().has(AV_LAUNCHER)).isFalse();

        Story asked = off.on(new StartAutovacLauncher());
        assertThat(asked.launched()).containsExactly(AV_LAUNCHER);
        assertThat(asked.on(Events.exited(AV_LAUNCHER, 0)).launched()).isEmpty();
    }

    @Test
    void ck7ARequestDuringRecoveryIsRemembered() {
        Story asked = Rules.allKinds().noAutovacuum().hotStandby().on(new StartAutovacLauncher());
        assertThat(asked.launched()).isEmpty();

        assertThat(asked.on(Events.exited(STARTUP, 0)).launched()).contains(AV_LAUNCHER);
    }

    @Test
    void sg27ARequestForALauncherDuringAShutdownIsForgotten() {
        Story asked = Rules.allKinds().noAutovacuum().stopping().on(new StartAutovacLauncher());

        assertThat(asked.pm().launches().wanted()).isEmpty();
    }

    @Test
    void ck7SwitchingAutovacuumOnStartsTheLauncher() {
        Story off = Rules.allKinds().noAutovacuum().running();

        assertThat(off.on(new SettingsChanged(Rules.allKinds().settings())).launched())
                .containsExactly(AV_LAUNCHER);
    }

    @Test
    void ck8AWorkerIsLaunchedOnRequestWhileThereIsRoom() {
        Story asked = Rules.allKinds().running().on(new StartAutovacWorker());
        assertThat(asked.actions()).containsExactly(new Launch(AV_WORKER));

        Story askedAgain = asked.on(new StartAutovacWorker());
        assertThat(askedAgain.actions()).containsExactly(FREE_THE_LAUNCHER);
    }

    @Test
    void ck8NoWorkerDuringAShutdown() {
        assertThat(Rules.allKinds().stopping().on(new StartAutovacWorker()).actions())
                .isEmpty();
    }

    @Test
    void ck10TheLoggerIsThereBeforeTheBeginningAndDuringTheStop() {
        assertThat(Rules.allKinds().story().on(new RelaunchDue(SYSLOGGER)).launched())
                .containsExactly(SYSLOGGER);
        assertThat(Rules.allKinds().stopping().on(Events.exited(SYSLOGGER, 0)).launched())
                .containsExactly(SYSLOGGER);
        assertThat(Rules.allKinds().noLoggingCollector().story().on(new Begin()).launched())
                .doesNotContain(SYSLOGGER);
    }

    @Test
    void ck12CheckpointerAndBackgroundWriterAreReplacedDuringRecovery() {
        Story standby = Rules.allKinds().hotStandby();

        assertThat(standby.on(Events.exited(BGWRITER, 0)).launched()).containsExactly(BGWRITER);
        assertThat(standby.on(Events.launchFailed(CHECKPOINTER), new RelaunchDue(CHECKPOINTER))
                        .launched())
                .containsExactly(CHECKPOINTER);
    }

    @Test
    void ck13TheWalWriterRunsInNormalOperationOnly() {
        assertThat(Rules.allKinds().hotStandby().pm().census().has(WAL_WRITER)).isFalse();
        assertThat(Rules.allKinds().running().pm().census().has(WAL_WRITER)).isTrue();
    }

    @Test
    void ck14ArchivingDependsOnPhaseAndMode() {
        assertThat(Rules.allKinds().hotStandby().pm().census().has(ARCHIVER)).isFalse();
        assertThat(Rules.allKinds().running().pm().census().has(ARCHIVER)).isTrue();
        assertThat(Rules.allKinds()
                        .archiving(Archiving.ALWAYS)
                        .hotStandby()
                        .pm()
                        .census()
                        .has(ARCHIVER))
                .isTrue();
        assertThat(Rules.allKinds()
                        .archiving(Archiving.OFF)
                        .running()
                        .pm()
                        .census()
                        .has(ARCHIVER))
                .isFalse();
    }

    @Test
    void ck14TheArchiverRestsTenSecondsBetweenStarts() {
        Story running = Rules.allKinds().running();
        assertThat(running.actions()).containsSubsequence(new StartArchiverTimer(), new Launch(ARCHIVER));

        Story gone = running.on(Events.exited(ARCHIVER, 1));
        assertThat(gone.launched()).isEmpty();
        assertThat(gone.on(new RelaunchDue(CHECKPOINTER)).launched()).isEmpty();
        assertThat(gone.on(new ArchiverRetryDue()).launched()).containsExactly(ARCHIVER);
    }

    @Test
    void ck14AnArchiverThatCannotBeLaunchedRestsToo() {
        Story failed = Rules.allKinds().running().on(new ArchiverRetryDue(), Events.launchFailed(ARCHIVER));

        assertThat(failed.actions()).containsExactly(new StartArchiverTimer());
        assertThat(failed.on(new ArchiverRetryDue()).launched()).containsExactly(ARCHIVER);
    }

    @Test
    void ck15AWalReceiverIsStartedOnRequestDuringRecovery() {
        assertThat(Rules.allKinds().hotStandby().on(new StartWalReceiver()).launched())
                .containsExactly(WAL_RECEIVER);
        assertThat(Rules.allKinds()
                        .story()
                        .on(new Begin(), new StartWalReceiver())
                        .launched())
                .containsExactly(WAL_RECEIVER);
        assertThat(Rules.allKinds().running().on(new StartWalReceiver()).launched())
                .isEmpty();
    }

    @Test
    void ck15ARequestWhileOneRunsStaysPending() {
        Story receiving = Rules.allKinds().hotStandby().on(new StartWalReceiver(), new StartWalReceiver());
        assertThat(receiving.launched()).isEmpty();

        Story next = receiving.on(Events.exited(WAL_RECEIVER, 1));
        assertThat(next.launched()).containsExactly(WAL_RECEIVER);
        assertThat(next.on(Events.exited(WAL_RECEIVER, 0)).launched()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SYSLOGGER", "CHECKPOINTER", "BGWRITER", "WAL_WRITER", "AV_LAUNCHER"})
    void ck16AFailedLaunchIsTriedAgainAfterAPauseAndNotBefore(ChildKind kind) {
        Duration healthy = kind == SYSLOGGER ? Duration.ofMillis(500) : Rules.HEALTHY;
        Story failed = Rules.allKinds().running().on(Events.launchFailed(kind));
        assertThat(failed.actions())
                .containsExactly(new ForgetSetbacksLater(kind, healthy), new RelaunchLater(kind, Duration.ZERO));

        assertThat(failed.on(Events.client(1)).launched()).isEmpty();
        assertThat(failed.on(new RelaunchDue(kind)).launched()).containsExactly(kind);
    }

    @Test
    void ck16AWalReceiverThatCouldNotBeLaunchedIsStillWanted() {
        Story failed = Rules.allKinds().hotStandby().on(new StartWalReceiver(), Events.launchFailed(WAL_RECEIVER));
        assertThat(failed.launched()).isEmpty();

        assertThat(failed.on(new RelaunchDue(WAL_RECEIVER)).launched()).containsExactly(WAL_RECEIVER);
    }

    @Test
    void ck16AWorkerThatCouldNotBeLaunchedIsTheLaunchersConcern() {
        Story failed = Rules.allKinds().running().on(new StartAutovacWorker(), Events.launchFailed(AV_WORKER));

        assertThat(failed.actions()).containsExactly(FREE_THE_LAUNCHER);
        assertThat(failed.pm().census().has(AV_WORKER)).isFalse();
    }

    @Test
    void ck16WithoutALauncherNobodyHearsOfAFailedWorker() {
        Story failed =
                Rules.allKinds().noAutovacuum().running().on(new StartAutovacWorker(), Events.launchFailed(AV_WORKER));

        assertThat(failed.actions()).isEmpty();
    }

    @Test
    void ck16ABackendThatCouldNotBeLaunchedGivesItsSlotBack() {
        Story running = Rules.smallest().running();

        Story failed = running.on(Events.client(1), Events.launchFailed(BACKEND));

        assertThat(failed.last()).isEqualTo(Step.of(running.pm()));
    }

    @Test
    void ck16WithoutAStartupProcessThePostmasterGivesUpInGoodOrder() {
        Story failed = Rules.smallest().story().on(new Begin(), Events.launchFailed(STARTUP));
        assertThat(failed.signals()).containsExactly(Signal.toEverybody(Sig.QUIT));

        assertThat(failed.on(Events.exited(CHECKPOINTER, 2)).actions()).endsWith(new Exit(1));
    }

    @Test
    void ck16WithoutAStartupProcessACrashCycleGivesUpToo() {
        Story draining = Rules.allKinds().story().on(new Begin(), Events.killed(BGWRITER));

        Story failed = draining.on(Events.launchFailed(STARTUP), Events.exited(CHECKPOINTER, 2));

        assertThat(failed.actions()).endsWith(new Exit(1));
    }

    @Test
    void ck16AShutdownNeedsNoStartupProcess() {
        Story asked = Rules.smallest().story().on(new Begin(), Events.FAST, Events.launchFailed(STARTUP));

        assertThat(asked.state()).isEqualTo(PmState.SHUTDOWN);
        assertThat(asked.pm().fatalError()).isFalse();
    }

    @Test
    void aMilestoneDoesNotCutThePauseOfAFailedLaunchShort() {
        Story failed = Rules.smallestWith(BGWRITER).story().on(new Begin(), Events.launchFailed(BGWRITER));

        assertThat(failed.on(new RecoveryStarted()).launched()).isEmpty();
    }
}
