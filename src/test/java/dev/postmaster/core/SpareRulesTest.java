package dev.postmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.PmAction.Dismiss;
import dev.postmaster.core.PmAction.DismissSpares;
import dev.postmaster.core.PmAction.HandOver;
import dev.postmaster.core.PmAction.Keep;
import dev.postmaster.core.PmAction.LaunchBackend;
import dev.postmaster.core.PmAction.LaunchSpare;
import dev.postmaster.core.PmAction.RelaunchLater;
import org.junit.jupiter.api.Test;

final class SpareRulesTest {
    private static final PmEvent READY = new PmEvent.SpareReady();
    private static final PmEvent PERIOD = new PmEvent.SparePeriodOver();
    private static final PmEvent OVER = new PmEvent.SessionOver(Events.PID);

    private static Story running(int min, int max) {
        return Rules.smallest().backendSlots(9).spares(min, max).running();
    }

    private static Story running(int min, int max, int waiting) {
        Story story = running(min, max);
        for (int i = 0; i < waiting; i++) {
            story = story.on(READY);
        }
        return story;
    }

    @Test
    void theFirstSparesStartWhenClientsMayComeTwoAtATime() {
        Story story = running(3, 3);

        assertThat(story.actions()).endsWith(new LaunchSpare(), new LaunchSpare());
        assertThat(story.on(READY).actions()).containsExactly(new LaunchSpare());
        assertThat(story.on(READY, READY, READY).pm().census().waiting()).isEqualTo(3);
    }

    @Test
    void aClientTakesOneThatWaitsBeforeOneThatStarts() {
        Story story = running(2, 2).on(READY);

        assertThat(story.on(Events.client(7)).actions()).startsWith(new HandOver(7, BackendRole.WAITING));
        assertThat(story.on(Events.client(7), Events.client(8)).actions())
                .startsWith(new HandOver(8, BackendRole.STARTING));
    }

    @Test
    void withoutSparesAClientGetsABackendLaunchedForIt() {
        assertThat(running(0, 0).on(Events.client(7)).actions()).containsExactly(new LaunchBackend(7));
    }

    @Test
    void whoeverFindsNobodyWaitingRaisesTheTargetAsFarAsTheLimitAllows() {
        Story story = running(0, 2).on(Events.client(1));
        assertThat(story.actions()).containsExactly(new LaunchBackend(1), new LaunchSpare());

        Story crowd = story.on(Events.client(2));
        assertThat(crowd.actions()).as("one that starts will do").startsWith(new HandOver(2, BackendRole.STARTING));
        PmEvent failed = new PmEvent.SpareNotLaunched(Events.CHANCE);
        assertThat(story.on(failed, Events.client(3), Events.client(4))
                        .pm()
                        .demand()
                        .target())
                .isEqualTo(2);
    }

    @Test
    void aClientThatNoSpareTakesGetsABackendOfItsOwn() {
        Story story = running(1, 1, 1).on(Events.client(7));

        Story failed = story.on(new PmEvent.HandOverFailed(7, BackendRole.WAITING));

        assertThat(failed.actions()).startsWith(new LaunchBackend(7));
        assertThat(failed.pm().census().clients()).isOne();
    }

    @Test
    void aClientThatNoSpareTookIsRefusedWhenTheSystemStopsMeanwhile() {
        Story story = running(1, 1, 1).on(Events.client(7), Events.SMART);

        assertThat(story.on(new PmEvent.HandOverFailed(7, BackendRole.WAITING)).actions())
                .startsWith(new PmAction.Refuse(7, CacState.SHUTDOWN));
    }

    @Test
    void aBackendThatServedIsKeptUnlessThatWouldBeOneTooMany() {
        Story oneSession = running(1, 2, 1).on(Events.client(7));
        assertThat(oneSession.actions()).containsExactly(new HandOver(7, BackendRole.WAITING), new LaunchSpare());

        assertThat(oneSession.on(OVER).actions()).containsExactly(new Keep(Events.PID));
        assertThat(oneSession.on(Events.client(8), OVER, OVER).pm().census().spares())
                .isEqualTo(2);
        Story full = running(1, 1, 1).on(Events.client(7));
        assertThat(full.on(OVER).actions()).containsExactly(new Dismiss(Events.PID));
    }

    @Test
    void clientsOneAfterTheOtherNeedNoMoreLaunches() {
        Story story = running(1, 4, 1).on(Events.client(0), READY);

        for (int client = 1; client < 20; client++) {
            story = story.on(OVER, Events.client(client));
            assertThat(story.actions()).containsExactly(new HandOver(client, BackendRole.WAITING));
        }
    }

    @Test
    void nobodyIsKeptForASystemThatStops() {
        Story story = running(1, 1, 1).on(Events.client(7), Events.SMART);

        assertThat(story.on(OVER).actions()).containsExactly(new Dismiss(Events.PID));
    }

    @Test
    void aSmartShutdownWaitsForNoSpare() {
        assertThat(running(1, 1, 1).on(Events.SMART).pm().state()).isEqualTo(PmState.WAIT_BACKENDS);
    }

    @Test
    void halfOfThoseNobodyNeededGoAfterEachPeriodDownToTheLeast() {
        Story crowd = running(1, 8, 1);
        for (int client = 0; client < 6; client++) {
            crowd = crowd.on(Events.client(client));
        }
        for (int client = 0; client < 6; client++) {
            crowd = crowd.on(OVER);
        }
        while (crowd.pm().census().starting() > 0) {
            crowd = crowd.on(READY);
        }
        int waiting = crowd.pm().census().waiting();
        assertThat(waiting).isGreaterThan(3);

        Story later = crowd.on(PERIOD);
        assertThat(later.actions())
                .as("the first period has seen them all busy")
                .isEmpty();
        assertThat(later.on(PERIOD).actions()).containsExactly(new DismissSpares((waiting + 1) / 2));
        for (int spares = waiting; spares > 1; spares = later.pm().census().spares()) {
            later = later.on(PERIOD);
            for (int leaving = dismissed(later); leaving > 0; leaving--) {
                later = later.on(Events.backendExited(BackendRole.WAITING, new ExitStatus.Code(0)));
            }
        }
        assertThat(later.on(PERIOD).actions()).as("the last one stays").isEmpty();
    }

    private static int dismissed(Story story) {
        return story.actions().stream()
                .mapToInt(action -> action instanceof DismissSpares(int count) ? count : 0)
                .sum();
    }

    @Test
    void aSpareThatCannotBeLaunchedIsTriedAgainAfterAPause() {
        Story failed = running(1, 1).on(new PmEvent.SpareNotLaunched(Events.CHANCE));

        assertThat(failed.actions()).hasAtLeastOneElementOfType(RelaunchLater.class);
        assertThat(failed.actions()).doesNotContain(new LaunchSpare());
        assertThat(failed.on(new PmEvent.RelaunchDue(ChildKind.BACKEND)).actions())
                .containsExactly(new LaunchSpare());
    }

    @Test
    void aSpareThatEndsBeforeItWaitsCountsAsNotLaunchedAndOneThatWaitedDoesNot() {
        ExitStatus failed = new ExitStatus.Code(1);

        assertThat(running(1, 1)
                        .on(Events.backendExited(BackendRole.STARTING, failed))
                        .actions())
                .hasAtLeastOneElementOfType(RelaunchLater.class)
                .doesNotContain(new LaunchSpare());
        assertThat(running(1, 1, 1)
                        .on(Events.backendExited(BackendRole.WAITING, failed))
                        .actions())
                .contains(new LaunchSpare());
    }

    @Test
    void restingSparesKeepNoClientFromABackend() {
        Story resting = running(1, 1).on(new PmEvent.SpareNotLaunched(Events.CHANCE));

        assertThat(resting.on(Events.client(7)).actions()).containsExactly(new LaunchBackend(7));
    }

    @Test
    void sparesDoNotTakeTheSeatsOfClients() {
        Story full = Rules.smallest().backendSlots(1).spares(1, 1).running().on(READY, Events.client(1), READY);

        assertThat(full.on(Events.client(2)).actions()).containsExactly(new PmAction.Refuse(2, CacState.TOO_MANY));
    }

    @Test
    void newLimitsHoldAtOnce() {
        PmSettings fewer = Rules.smallest().backendSlots(9).spares(0, 0).settings();

        assertThat(running(2, 2, 2)
                        .on(new PmEvent.SettingsChanged(fewer), PERIOD)
                        .actions())
                .containsExactly(new DismissSpares(2));
    }
}
