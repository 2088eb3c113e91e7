package dev.postmaster.core;

import static dev.postmaster.core.ChildKind.AV_LAUNCHER;
import static dev.postmaster.core.ChildKind.BGWRITER;
import static dev.postmaster.core.ChildKind.CHECKPOINTER;
import static dev.postmaster.core.ChildKind.STARTUP;
import static dev.postmaster.core.ChildKind.SYSLOGGER;
import static dev.postmaster.core.ChildKind.WAL_RECEIVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.PmAction.Exit;
import dev.postmaster.core.PmAction.ForgetCrashesLater;
import dev.postmaster.core.PmAction.ForgetSetbacksLater;
import dev.postmaster.core.PmAction.RelaunchLater;
import dev.postmaster.core.PmAction.Say;
import dev.postmaster.core.PmAction.Signal;
import dev.postmaster.core.PmEvent.Begin;
import dev.postmaster.core.PmEvent.CrashesForgotten;
import dev.postmaster.core.PmEvent.RelaunchDue;
import dev.postmaster.core.PmEvent.SetbacksForgotten;
import dev.postmaster.core.PmEvent.StartAutovacLauncher;
import dev.postmaster.core.PmEvent.StartWalReceiver;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a kind that does not stay up: at once, later and later, then something larger. */
final class RestartRulesTest {
    private static final RestartPolicy POLICY =
            new RestartPolicy(10, 10, Duration.ofSeconds(30), Duration.ofMinutes(1));

    @ParameterizedTest(name = "setback {0}, chance {1}: {2} ms")
    @CsvSource({
        "1, 0.9, 0",
        "2, 0, 500",
        "2, 1, 1000",
        "3, 1, 2000",
        "4, 0.5, 3000",
        "6, 1, 16000",
        "7, 1, 30000",
        "7, 0, 15000",
        "1000, 1, 30000"
    })
    void pausesDoubleFromOneSecondToTheLongestAndAreSpread(int setback, double chance, long millis) {
        assertThat(POLICY.pause(setback, chance)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void theFirstSuccessorComesAtOnceTheSecondAfterAPause() {
        Story first = Rules.allKinds().limits(3, 0).running().on(Events.exited(BGWRITER, 0));
        assertThat(first.launched()).containsExactly(BGWRITER);
        assertThat(first.actions()).contains(new ForgetSetbacksLater(BGWRITER, Rules.HEALTHY));

        Story second = first.on(Events.exited(BGWRITER, 0));
        assertThat(second.launched()).isEmpty();
        assertThat(second.actions()).contains(new RelaunchLater(BGWRITER, Duration.ofMillis(750)));
        assertThat(second.on(new RelaunchDue(BGWRITER)).launched()).containsExactly(BGWRITER);
    }

    @Test
    void afterAHealthyWhileASetbackIsTheFirstAgain() {
        Story healthy =
                Rules.allKinds().limits(3, 0).running().on(Events.exited(BGWRITER, 0), new SetbacksForgotten(BGWRITER));

        assertThat(healthy.on(Events.exited(BGWRITER, 0)).launched()).containsExactly(BGWRITER);
    }

    @Test
    void aFailedLaunchCountsLikeAnEarlyEnd() {
        Story failed = Rules.allKinds()
                .limits(3, 0)
                .running()
                .on(
                        Events.launchFailed(CHECKPOINTER),
                        new RelaunchDue(CHECKPOINTER),
                        Events.launchFailed(CHECKPOINTER));

        assertThat(failed.actions()).contains(new RelaunchLater(CHECKPOINTER, Duration.ofMillis(750)));
    }

    @Test
    void pastTheLimitTheSystemStartsOverInTheOpenAndTheKindRestsOn() {
        Story serving = Rules.smallestWith(BGWRITER).limits(1, 0).running().on(Events.exited(BGWRITER, 0));

        Story tooMany = serving.on(Events.exited(BGWRITER, 0));

        assertThat(tooMany.pm().fatalError()).isTrue();
        assertThat(tooMany.said())
                .containsExactly(
                        "background writer process did not stay up, 2 times in a row; starting over",
                        "terminating any other active server processes");
        assertThat(tooMany.signals()).containsExactly(Signal.toEverybody(Sig.QUIT));
        Story startedOver = tooMany.on(Events.exited(CHECKPOINTER, 2));
        assertThat(startedOver.launched()).contains(STARTUP).doesNotContain(BGWRITER);
        assertThat(startedOver.on(new RelaunchDue(BGWRITER)).launched()).containsExactly(BGWRITER);
    }

    @Test
    void withoutALimitItIsTriedForEver() {
        Story story = Rules.smallestWith(BGWRITER).limits(0, 0).running();
        for (int i = 0; i < 100; i++) {
            story = story.on(Events.launchFailed(BGWRITER), new RelaunchDue(BGWRITER));
        }

        assertThat(story.pm().fatalError()).isFalse();
        assertThat(story.launched()).containsExactly(BGWRITER);
    }

    @Test
    void aLoggerOrWhoeverComesOnRequestIsNotWorthAReset() {
        Story standby = Rules.allKinds().limits(1, 0).hotStandby().on(new StartWalReceiver());
        for (ChildKind kind : new ChildKind[] {SYSLOGGER, WAL_RECEIVER}) {
            Story failed = standby;
            for (int i = 0; i < 5; i++) {
                failed = failed.on(Events.launchFailed(kind), new RelaunchDue(kind));
            }
            assertThat(failed.pm().fatalError()).as("%s", kind).isFalse();
        }
    }

    @Test
    void aLoggerThatDoesNotStayUpRestsForASecondAtMostBecauseEverybodyWaitsForIt() {
        Story story = Rules.allKinds().limits(1, 0).running().on(Events.exited(SYSLOGGER, 1));
        assertThat(story.launched()).containsExactly(SYSLOGGER);

        for (int i = 0; i < 5; i++) {
            story = story.on(Events.exited(SYSLOGGER, 1));
            assertThat(story.launched()).isEmpty();
            assertThat(story.actions()).contains(new RelaunchLater(SYSLOGGER, Duration.ofMillis(750)));
            story = story.on(new RelaunchDue(SYSLOGGER));
            assertThat(story.launched()).containsExactly(SYSLOGGER);
        }
        assertThat(story.pm().fatalError()).isFalse();
        assertThat(story.on(new SetbacksForgotten(SYSLOGGER), Events.exited(SYSLOGGER, 1))
                        .launched())
                .containsExactly(SYSLOGGER);
    }

    @Test
    void aLoggerThatDiesAtBirthIsMissedAtOnceAndThenLaterAndLater() {
        Story first = Rules.allKinds().limits(3, 0).running().on(Events.exited(SYSLOGGER, 1));
        assertThat(first.launched()).containsExactly(SYSLOGGER);
        assertThat(first.actions()).contains(new ForgetSetbacksLater(SYSLOGGER, Duration.ofMillis(500)));

        Story second = first.on(Events.exited(SYSLOGGER, 1));
        assertThat(second.launched()).isEmpty();
        assertThat(second.actions()).contains(new RelaunchLater(SYSLOGGER, Duration.ofMillis(750)));
        assertThat(second.on(new RelaunchDue(SYSLOGGER)).launched()).containsExactly(SYSLOGGER);

        Story later = first.on(new SetbacksForgotten(SYSLOGGER), Events.exited(SYSLOGGER, 1));
        assertThat(later.launched()).containsExactly(SYSLOGGER);
    }

    @Test
    void aLoggerThatRestsIsRelaunchedInTheMiddleOfAShutdown() {
        Story resting = Rules.allKinds().stopping().on(Events.exited(SYSLOGGER, 1), Events.exited(SYSLOGGER, 1));

        assertThat(resting.on(new RelaunchDue(SYSLOGGER)).launched()).containsExactly(SYSLOGGER);
    }

    @Test
    void anAutovacuumLauncherThatDidWhatItWasAskedForIsNoSetback() {
        Story done =
                Rules.allKinds().noAutovacuum().running().on(new StartAutovacLauncher(), Events.exited(AV_LAUNCHER, 0));

        assertThat(done.pm().setbacks()).isEqualTo(Setbacks.NONE);
    }

    @Test
    void whoLeavesDuringAShutdownHasHadNoSetback() {
        Story leaving = Rules.allKinds().stopping().on(Events.exited(BGWRITER, 0));

        assertThat(leaving.pm().setbacks()).isEqualTo(Setbacks.NONE);
    }

    @Test
    void tooManyCrashesInARowAreLeftToTheOrchestrator() {
        Story story = Rules.smallest().limits(1, 3).running();
        for (int i = 0; i < 2; i++) {
            story = story.on(Events.killed(CHECKPOINTER));
            assertThat(story.state()).isEqualTo(PmState.STARTUP);
            story = story.on(Events.exited(STARTUP, 0));
            assertThat(story.actions()).contains(new ForgetCrashesLater(Rules.HEALTHY));
        }

        assertThat(story.on(Events.killed(CHECKPOINTER)).actions())
                .endsWith(new Say("shutting down because of 3 crashes in a row (crash_restart_limit)"), new Exit(1));
        assertThat(story.on(new CrashesForgotten(), Events.killed(CHECKPOINTER)).state())
                .isEqualTo(PmState.STARTUP);
    }

    @Test
    void crashesAreNotForgottenWhileTheSystemStillRecovers() {
        Story recovering =
                Rules.smallest().limits(1, 3).running().on(Events.killed(CHECKPOINTER), new CrashesForgotten());

        assertThat(recovering.pm().setbacks().crashes()).isOne();
    }

    @Test
    void aFirstStartIsNoCrash() {
        Story begun = Rules.smallest().limits(1, 3).story().on(new Begin(), Events.exited(STARTUP, 0));

        assertThat(begun.actions()).noneMatch(ForgetCrashesLater.class::isInstance);
    }
}
