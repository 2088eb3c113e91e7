package dev.postmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.PmAction.EvictLoiterer;
import dev.postmaster.core.PmAction.LaunchBackend;
import dev.postmaster.core.PmAction.LaunchWorker;
import dev.postmaster.core.PmAction.Refuse;
import dev.postmaster.core.PmAction.RefuseWorker;
import dev.postmaster.core.PmAction.Wait;
import dev.postmaster.core.PmEvent.Begin;
import dev.postmaster.core.PmEvent.RecoveryStarted;
import dev.postmaster.core.PmEvent.WalSenderAppeared;
import dev.postmaster.core.PmEvent.WorkerDue;
import org.junit.jupiter.api.Test;

final class AcceptRulesTest {
    private static final long CLIENT = 42;

    @Test
    void pm53AClientInNormalOperationGetsABackend() {
        Story admitted = Rules.smallest().running().on(Events.client(CLIENT));

        assertThat(admitted.actions()).containsExactly(new LaunchBackend(CLIENT));
        assertThat(admitted.pm().census().sessions()).isOne();
    }

    @Test
    void pm53AHotStandbyServesClients() {
        assertThat(Rules.smallest().hotStandby().on(Events.client(CLIENT)).actions())
                .containsExactly(new LaunchBackend(CLIENT));
    }

    @Test
    void pm53BeforeRecoveryTheSystemIsStartingUp() {
        expectRefusal(Rules.smallest().story(), CacState.STARTUP);
        expectRefusal(Rules.smallest().story().on(new Begin()), CacState.STARTUP);
    }

    @Test
    void pm53DuringRecoveryItDependsOnWhetherAHotStandbyWillFollow() {
        expectRefusal(Rules.smallest().story().on(new Begin(), new RecoveryStarted()), CacState.NOT_CONSISTENT);
        expectRefusal(
                Rules.smallest().noHotStandby().story().on(new Begin(), new RecoveryStarted()),
                CacState.NOT_HOT_STANDBY);
    }

    @Test
    void pm53AShutdownRefusesFromItsFirstRequestOn() {
        Story busy = Rules.smallest().running().on(Events.client(1));

        expectRefusal(busy.on(Events.SMART), CacState.SHUTDOWN);
        expectRefusal(busy.on(Events.FAST), CacState.SHUTDOWN);
        expectRefusal(busy.on(Events.IMMEDIATE), CacState.SHUTDOWN);
    }

    @Test
    void pm51ACrashCycleRefusesUntilRedoBegins() {
        Story draining = Rules.smallest().resetting().running().on(Events.client(1), Events.killed(ChildKind.BACKEND));
        expectRefusal(draining, CacState.RECOVERY);

        Story startedOver = draining.on(Events.exited(ChildKind.CHECKPOINTER, 2));
        expectRefusal(startedOver, CacState.RECOVERY);
        expectRefusal(startedOver.on(new RecoveryStarted()), CacState.NOT_CONSISTENT);
    }

    @Test
    void pm53EverySlotIsUsedButNoneMore() {
        Story full = Rules.smallest().backendSlots(2).running().on(Events.client(1), Events.client(2));
        expectRefusal(full, CacState.TOO_MANY);

        Story oneLeft = full.on(Events.exited(ChildKind.BACKEND, 0));
        assertThat(oneLeft.on(Events.client(CLIENT)).actions()).containsExactly(new LaunchBackend(CLIENT));
    }

    @Test
    void whoHoldsABackendAndSaysNothingGoesWhenSomebodyElseWantsIt() {
        Story full = Rules.smallest().backendSlots(2).running().on(Events.client(1), Events.client(2));

        assertThat(full.on(Events.newcomer(CLIENT, 1, 1, 0)).actions())
                .containsExactly(new EvictLoiterer(), new Wait(CLIENT));
        assertThat(full.on(Events.newcomer(CLIENT, 1, 1, 1)).actions()).containsExactly(new Wait(CLIENT));
        assertThat(full.on(Events.newcomer(CLIENT, 2, 1, 1)).actions())
                .as("the one that goes makes room for the first in line")
                .containsExactly(new EvictLoiterer(), new Wait(CLIENT));
        assertThat(full.on(Events.newcomer(CLIENT, 2, 0, 1)).actions())
                .containsExactly(new Refuse(CLIENT, CacState.TOO_MANY));
    }

    @Test
    void nobodyGoesForAClientThatWouldBeRefusedAnyway() {
        Story stopping = Rules.smallest().running().on(Events.client(1), Events.SMART);

        assertThat(stopping.on(Events.newcomer(CLIENT, 1, 1, 0)).actions())
                .containsExactly(new Refuse(CLIENT, CacState.SHUTDOWN));
    }

    @Test
    void pm59WalSendersUseSlotsToo() {
        Story full = Rules.smallest().backendSlots(1).running().on(Events.client(1), new WalSenderAppeared());

        expectRefusal(full, CacState.TOO_MANY);
    }

    @Test
    void aStragglerAfterTheLastWaitBeganIsStillToldWhy() {
        Story shutDown = Rules.smallest().running().on(Events.FAST, Events.exited(ChildKind.CHECKPOINTER, 0));
        Story crashed = Rules.smallest().noRestartAfterCrash().running().on(Events.killed(ChildKind.CHECKPOINTER));

        assertThat(shutDown.state()).isEqualTo(PmState.NO_CHILDREN);
        expectRefusal(shutDown, CacState.SHUTDOWN);
        assertThat(crashed.state()).isEqualTo(PmState.NO_CHILDREN);
        expectRefusal(crashed, CacState.RECOVERY);
    }

    @Test
    void bw15AWorkerGetsAProcessWhileThereIsASlotForIt() {
        Story running = Rules.smallestWith(ChildKind.BGWORKER).running();

        Story one = running.on(new WorkerDue(7));
        Story two = one.on(new WorkerDue(8));

        assertThat(one.actions()).containsExactly(new LaunchWorker(7));
        assertThat(one.pm().census().count(ChildKind.BGWORKER)).isOne();
        assertThat(two.actions()).containsExactly(new RefuseWorker(8));
        assertThat(two.pm()).isEqualTo(one.pm());
    }

    @Test
    void bw3NoWorkerIsStartedOnceTheSystemStops() {
        Story stopping = Rules.smallestWith(ChildKind.BGWORKER).running().on(Events.client(1), Events.FAST);

        assertThat(stopping.on(new WorkerDue(7)).actions()).containsExactly(new RefuseWorker(7));
    }

    private static void expectRefusal(Story story, CacState reason) {
        assertThat(story.pm().admission()).isEqualTo(reason);
        Story refused = story.on(Events.client(CLIENT));
        assertThat(refused.actions()).contains(new Refuse(CLIENT, reason));
        assertThat(refused.pm()).isEqualTo(story.pm());
    }
}
