package dev.postmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.PmAction.Dismiss;
import dev.postmaster.core.PmAction.DismissSpares;
import dev.postmaster.core.PmAction.HandOver;
import dev.postmaster.core.PmAction.Keep;
import dev.postmaster.core.PmAction.LaunchBackend;
import dev.postmaster.core.PmAction.LaunchSpare;
import dev.postmaster.core.PmAction.RelaunchLater;
import dev.postmaster.core.PmAction.Wait;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SpareRulesTest {
    private static final PmEvent READY = new PmEvent.BackendWaits(Events.PID, BackendRole.STARTING);
    private static final PmEvent OVERDUE = new PmEvent.SpareOverdue(Events.CHANCE);
    private static final PmEvent LATE = new PmEvent.BackendWaits(Events.PID, BackendRole.PASSED_OVER);
    private static final PmEvent RESTED = new PmEvent.RelaunchDue(ChildKind.BACKEND);
    private static final PmEvent PERIOD = new PmEvent.SparePeriodOver();
    private static final PmEvent OVER = new PmEvent.BackendWaits(Events.PID, BackendRole.SESSION);

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
        assertThat(story.on(READY).actions()).containsExactly(new Keep(Events.PID), new LaunchSpare());
        assertThat(story.on(READY, READY, READY).pm().census().waiting()).isEqualTo(3);
    }

    @Test
    void aClientTakesOneThatWaits() {
        assertThat(running(2, 2).on(READY).on(Events.client(7)).actions()).startsWith(new HandOver(7));
    }

    @Test
    void aClientThatFindsNobodyWaitsForTheNextThatIsReady() {
        Story starting = running(1, 1).on(Events.client(7));
        assertThat(starting.actions()).as("one starts already").containsExactly(new Wait(7));

        assertThat(starting.on(READY, Events.client(7)).actions()).startsWith(new HandOver(7));
    }

    @Test
    void forClientsInLineNotMoreAreLaunchedTogetherThanThereAreProcessors() {
        Story first = running(0, 1).on(Events.client(1));
        assertThat(first.actions()).containsExactly(new Wait(1), new LaunchSpare());

        Story second = first.on(Events.client(1, 2));
        assertThat(second.actions()).containsExactly(new Wait(1), new LaunchSpare());
        assertThat(second.on(Events.client(1, 9)).actions()).containsExactly(new Wait(1));
    }

    @Test
    void withoutSparesAClientGetsABackendLaunchedForIt() {
        assertThat(running(0, 0).on(Events.client(7, 3)).actions()).containsExactly(new LaunchBackend(7));
    }

    @Test
    void asManyAsHadToWaitTogetherAreWantedAsFarAsTheLimitAllows() {
        Story story = running(1, 4).on(READY, Events.client(1));
        assertThat(story.pm().demand().target()).isZero();

        assertThat(story.on(Events.client(2, 3)).pm().demand().target()).isEqualTo(3);
        assertThat(story.on(Events.client(2, 3), Events.client(2, 2))
                        .pm()
                        .demand()
                        .target())
                .isEqualTo(3);
        assertThat(story.on(Events.client(2, 9)).pm().demand().target()).isEqualTo(4);
    }

    @Test
    void whoeverComesWhenOthersWaitWaitsBehindThemAndHearsAtOnceIfThereIsNoSeat() {
        Story one = Rules.smallest().backendSlots(3).spares(0, 1).running().on(Events.client(1));

        assertThat(one.on(READY, Events.newcomer(2, 2)).actions()).startsWith(new Wait(2));
        assertThat(one.on(Events.newcomer(4, 4)).actions()).containsExactly(new PmAction.Refuse(4, CacState.TOO_MANY));
    }

    @Test
    void aSpareThatTakesNobodyTakesNoSeatAndItsClientGetsAnother() {
        Story lost = running(1, 2, 1).on(Events.client(7), READY).on(new PmEvent.SpareLost());

        assertThat(lost.on(Events.client(7)).actions()).startsWith(new HandOver(7));
        assertThat(lost.on(Events.client(7)).pm().census().clients()).isOne();
    }

    @Test
    void aSpareThatTakesTooLongKeepsNobodyWaitingAndIsWelcomeStill() {
        Story overdue = running(1, 1).on(Events.client(7)).on(OVERDUE);
        assertThat(overdue.on(Events.client(7)).actions()).containsExactly(new LaunchBackend(7));

        assertThat(overdue.on(LATE).actions()).containsExactly(new Keep(Events.PID));
        assertThat(overdue.on(LATE, Events.client(7)).actions()).startsWith(new HandOver(7));
    }

    @Test
    void afterOneThatTakesTooLongThereIsAPauseThatGrows() {
        Story first = running(1, 1).on(OVERDUE);
        Story second = first.on(RESTED, OVERDUE);

        assertThat(pause(second)).isGreaterThan(pause(first));
        assertThat(second.on(RESTED).actions()).containsExactly(new LaunchSpare());
    }

    private static Duration pause(Story story) {
        return story.actions().stream()
                .filter(RelaunchLater.class::isInstance)
                .map(action -> ((RelaunchLater) action).delay())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sparesThatAreNeverReadyAreNotReplacedForEver() {
        Story story = Rules.smallest().backendSlots(3).spares(1, 1).running();
        for (int i = 0; i < 9; i++) {
            story = story.pm().census().starting() > 0 ? story.on(OVERDUE, RESTED) : story;
        }
        assertThat(story.pm().census().count(ChildKind.BACKEND)).isEqualTo(3);

        for (int client = 0; client < 3; client++) {
            story = story.on(Events.client(client));
            assertThat(story.actions()).as("all seats are left").containsExactly(new LaunchBackend(client));
        }
        assertThat(story.on(Events.client(4)).actions()).containsExactly(new PmAction.Refuse(4, CacState.TOO_MANY));
    }

    @Test
    void aBackendThatServedIsKeptUnlessThatWouldBeOneTooMany() {
        Story oneSession = running(1, 1, 1).on(Events.client(7));
        assertThat(oneSession.actions()).containsExactly(new HandOver(7), new LaunchSpare());

        assertThat(oneSession.on(OVER).actions()).as("the other starts still").containsExactly(new Keep(Events.PID));
        assertThat(oneSession.on(READY, OVER).actions()).containsExactly(new Dismiss(Events.PID));
    }

    @Test
    void clientsOneAfterTheOtherNeedNoMoreLaunches() {
        Story story = running(1, 4, 1).on(Events.client(0), READY);

        for (int client = 1; client < 20; client++) {
            story = story.on(OVER, Events.client(client));
            assertThat(story.actions()).containsExactly(new HandOver(client));
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
            crowd = crowd.on(Events.client(client, 6 - client));
            crowd = crowd.pm().census().starting() > 0 ? crowd.on(READY) : crowd;
        }
        int clients = crowd.pm().census().clients();
        for (int client = 0; client < clients; client++) {
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
                later = later.on(Events.backendExited(BackendRole.PASSED_OVER, new ExitStatus.Code(0)));
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
    void sparesDoNotTakeTheSeatsOfClientsAndWaitForNobodyWhoWouldBeRefused() {
        Story full = Rules.smallest().backendSlots(1).spares(1, 1).running().on(READY, Events.client(1));

        assertThat(full.actions()).containsExactly(new HandOver(1));
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
