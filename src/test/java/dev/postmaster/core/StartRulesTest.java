package dev.postmaster.core;

import static dev.postmaster.core.ChildKind.ARCHIVER;
import static dev.postmaster.core.ChildKind.AV_LAUNCHER;
import static dev.postmaster.core.ChildKind.BGWRITER;
import static dev.postmaster.core.ChildKind.CHECKPOINTER;
import static dev.postmaster.core.ChildKind.STARTUP;
import static dev.postmaster.core.ChildKind.SYSLOGGER;
import static dev.postmaster.core.ChildKind.WAL_WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.PmAction.Launch;
import dev.postmaster.core.PmAction.NotifyReady;
import dev.postmaster.core.PmAction.Say;
import dev.postmaster.core.PmAction.Signal;
import dev.postmaster.core.PmAction.Status;
import dev.postmaster.core.PmAction.WriteStatus;
import dev.postmaster.core.PmEvent.Begin;
import dev.postmaster.core.PmEvent.BeginHotStandby;
import dev.postmaster.core.PmEvent.PromoteRequested;
import dev.postmaster.core.PmEvent.RecoveryStarted;
import dev.postmaster.core.PmSettings.Archiving;
import org.junit.jupiter.api.Test;

final class StartRulesTest {
    private static final Say READY = new Say("database system is ready to accept connections");

    @Test
    void pm10TheStartupProcessComesAfterLoggerCheckpointerAndBackgroundWriter() {
        Story begun = Rules.allKinds().story().on(new Begin());

        assertThat(begun.state()).isEqualTo(PmState.STARTUP);
        assertThat(begun.launched()).containsExactly(SYSLOGGER, CHECKPOINTER, BGWRITER, STARTUP);
    }

    @Test
    void pm10OnlyKindsWithAProgramAreLaunched() {
        Story begun = Rules.smallest().story().on(new Begin());

        assertThat(begun.launched()).containsExactly(CHECKPOINTER, STARTUP);
    }

    @Test
    void beginIsHeededOnce() {
        Story running = Rules.allKinds().running();

        assertThat(running.on(new Begin()).last()).isEqualTo(Step.of(running.pm()));
    }

    @Test
    void withoutAClusterNormalOperationBeginsAtOnce() {
        Story begun = Rules.withoutCluster().story().on(new Begin());

        assertThat(begun.state()).isEqualTo(PmState.RUN);
        assertThat(begun.actions()).containsExactly(READY, new WriteStatus(Status.READY), new NotifyReady());
    }

    @Test
    void pm11RedoEndsTheCrashAndTheSystemRecovers() {
        Story startedOver = Rules.smallest().running().on(Events.killed(CHECKPOINTER));
        assertThat(startedOver.pm().fatalError()).isTrue();

        Story recovering = startedOver.on(new RecoveryStarted());

        assertThat(recovering.state()).isEqualTo(PmState.RECOVERY);
        assertThat(recovering.pm().fatalError()).isFalse();
    }

    @Test
    void pm11AWarmStandbyIsReadyAsSoonAsRedoBegins() {
        Story warm = Rules.smallest().noHotStandby().story().on(new Begin(), new RecoveryStarted());
        Story hot = Rules.smallest().story().on(new Begin(), new RecoveryStarted());

        assertThat(warm.actions()).containsExactly(new WriteStatus(Status.STANDBY), new NotifyReady());
        assertThat(hot.actions()).isEmpty();
    }

    @Test
    void pm11AnArchiverThatAlwaysArchivesStartsWithRedoWhateverItsPause() {
        Story archiving = Rules.allKinds().archiving(Archiving.ALWAYS).story().on(new Begin(), new RecoveryStarted());
        assertThat(archiving.launched()).containsExactly(ARCHIVER);

        Story again = archiving.on(Events.killed(ARCHIVER));
        for (ChildKind kind : new ChildKind[] {STARTUP, CHECKPOINTER, BGWRITER}) {
            again = again.on(Events.exited(kind, 2));
        }
        assertThat(again.pm().launches().resting()).contains(ARCHIVER);

        assertThat(again.on(new RecoveryStarted()).launched()).containsExactly(ARCHIVER);
    }

    @Test
    void pm12AConsistentStandbyServesReaders() {
        Story standby = Rules.smallest().hotStandby();

        assertThat(standby.state()).isEqualTo(PmState.HOT_STANDBY);
        assertThat(standby.actions())
                .containsExactly(
                        new Say("database system is ready to accept read-only connections"),
                        new WriteStatus(Status.READY),
                        new NotifyReady());
    }

    @Test
    void pm13RecoveryDoneOpensTheSystem() {
        Story running = Rules.allKinds().running();

        assertThat(running.state()).isEqualTo(PmState.RUN);
        assertThat(running.launched()).containsExactly(WAL_WRITER, AV_LAUNCHER, ARCHIVER);
        assertThat(running.actions()).endsWith(READY, new WriteStatus(Status.READY), new NotifyReady());
        assertThat(running.actions().indexOf(new Launch(ARCHIVER)))
                .isLessThan(running.actions().indexOf(READY));
    }

    @Test
    void pm13PromotionOpensAHotStandby() {
        Story promoted = Rules.smallest().hotStandby().on(Events.exited(STARTUP, 0));

        assertThat(promoted.state()).isEqualTo(PmState.RUN);
        assertThat(promoted.actions()).contains(READY);
    }

    @Test
    void pm36MilestonesThatComeLateAreIgnored() {
        Story running = Rules.smallest().running();
        Story recovering = Rules.smallest().story().on(new Begin(), new RecoveryStarted());

        assertThat(running.on(new RecoveryStarted()).last()).isEqualTo(Step.of(running.pm()));
        assertThat(running.on(new BeginHotStandby()).last()).isEqualTo(Step.of(running.pm()));
        assertThat(recovering.on(new RecoveryStarted()).last()).isEqualTo(Step.of(recovering.pm()));
    }

    @Test
    void sg27PromoteTellsTheStartupProcessWhileItRecovers() {
        Signal promote = Signal.to(STARTUP, Sig.USR2);
        Story standby = Rules.smallest().hotStandby();

        assertThat(standby.on(new PromoteRequested()).actions()).containsExactly(promote);
        assertThat(Rules.smallest().running().on(new PromoteRequested()).actions())
                .isEmpty();
        assertThat(standby.on(Events.client(1), Events.IMMEDIATE, new PromoteRequested())
                        .actions())
                .isEmpty();
    }
}
