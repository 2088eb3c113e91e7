package dev.postmaster.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.PmState;
import dev.postmaster.core.WorkerStart;
import dev.postmaster.core.worker.WorkerBook.Ended;
import dev.postmaster.core.worker.WorkerBook.Errand;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows of BW-14 and of BW-19 to BW-28 that are decided without shared memory, in virtual time. */
final class WorkerBookTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final int PID = 4711;
    private static final ExitStatus SUCCESS = new ExitStatus.Code(0);
    private static final ExitStatus FAILURE = new ExitStatus.Code(1);
    private static final RestartTerms EVERY_10_S = RestartTerms.every(Duration.ofSeconds(10));
    private static final RestartTerms ONCE = RestartTerms.every(RestartTerms.NEVER);

    private static WorkerBook one(RestartTerms restart) {
        return WorkerBook.EMPTY.with(1, new WorkerTerms(WorkerStart.RECOVERY_FINISHED, restart, 0));
    }

    private static WorkerBook running(RestartTerms restart) {
        return one(restart).started(1, PID);
    }

    private static Instant after(long seconds) {
        return NOON.plusSeconds(seconds);
    }

    private static void expectStart(WorkerBook book, Instant at) {
        assertThat(book.next(PmState.RUN, false, at.minusMillis(1))).isEmpty();
        assertThat(book.nextStart(PmState.RUN)).hasValue(at);
        assertThat(book.next(PmState.RUN, false, at)).hasValue(new Errand.Start(1));
    }

    private static void expectForgotten(Ended ended, Aftermath aftermath) {
        assertThat(ended.aftermath()).isEqualTo(aftermath);
        assertThat(ended.next().find(1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void bw3AWorkerIsDueFromItsPhaseOnAndNeverOnceTheSystemStops(WorkerStart start) {
        Set<PmState> due =
                switch (start) {
                    case POSTMASTER_START -> EnumSet.range(PmState.INIT, PmState.RUN);
                    case CONSISTENT_STATE -> EnumSet.of(PmState.HOT_STANDBY, PmState.RUN);
                    case RECOVERY_FINISHED -> EnumSet.of(PmState.RUN);
                };
        WorkerBook book = WorkerBook.EMPTY.with(1, new WorkerTerms(start, EVERY_10_S, 0));

        for (PmState state : PmState.values()) {
            assertThat(book.next(state, false, NOON).isPresent())
                    .as(state.pgName())
                    .isEqualTo(due.contains(state));
        }
    }

    @Test
    void bw14NothingIsStartedInACrashCycle() {
        assertThat(one(EVERY_10_S).next(PmState.STARTUP, true, NOON)).isEmpty();
    }

    @Test
    void bw14ARunningWorkerIsPassedOver() {
        WorkerBook book = running(EVERY_10_S).with(2, new WorkerTerms(WorkerStart.RECOVERY_FINISHED, EVERY_10_S, 0));

        assertThat(book.next(PmState.RUN, false, NOON)).hasValue(new Errand.Start(2));
    }

    @Test
    void bw14AWorkerThatIsToEndAndDoesNotRunIsForgotten() {
        assertThat(one(EVERY_10_S).terminating(1).next(PmState.INIT, false, NOON))
                .hasValue(new Errand.Forget(1, Aftermath.STOPPED));
    }

    @Test
    void bw14AWorkerThatIsStartedOnceAndCouldNotBeIsForgotten() {
        expectForgotten(one(ONCE).notLaunched(1, NOON), Aftermath.NOT_AGAIN);
    }

    @Test
    void bw14AWorkerThatRestsAndIsNotToBeStartedAgainAnyMoreIsForgotten() {
        WorkerBook rests = running(EVERY_10_S).ended(1, FAILURE, NOON).next();

        assertThat(rests.amended(1, WorkerStart.RECOVERY_FINISHED, ONCE).next(PmState.RUN, false, NOON))
                .hasValue(new Errand.Forget(1, Aftermath.NOT_AGAIN));
    }

    @Test
    void bw15AFailedLaunchRestsForTheInterval() {
        expectStart(one(EVERY_10_S).notLaunched(1, NOON).next(), after(10));
    }

    @Test
    void aFailedLaunchIsNotRepeatedAtOnceEvenIfTheWorkerWouldBe() {
        expectStart(one(RestartTerms.every(Duration.ZERO)).notLaunched(1, NOON).next(), after(1));
    }

    @Test
    void whatCannotBeLaunchedIsGivenUpLikeWhatFails() {
        var limited = new RestartTerms(Duration.ofSeconds(1), Duration.ZERO, 1, Duration.ofMinutes(1), false);
        WorkerBook once = one(limited).notLaunched(1, NOON).next();

        expectForgotten(once.notLaunched(1, after(1)), Aftermath.GIVEN_UP);
    }

    @Test
    void bw21ExitStatus0IsTheEndWhateverTheInterval() {
        expectForgotten(running(EVERY_10_S).ended(1, SUCCESS, NOON), Aftermath.DONE);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "10", "86400000"})
    void bw22AFailedWorkerComesBackAfterItsInterval(long seconds) {
        Ended ended = running(RestartTerms.every(Duration.ofSeconds(seconds))).ended(1, FAILURE, NOON);

        assertThat(ended.aftermath()).isEqualTo(Aftermath.RESTS);
        expectStart(ended.next(), after(seconds));
    }

    @Test
    void bw22AfterAKillItComesBackAsAfterAFailure() {
        expectStart(running(EVERY_10_S).ended(1, new ExitStatus.Killed(9), NOON).next(), after(10));
    }

    @Test
    void bw22AFailedWorkerThatRunsOnceIsForgotten() {
        expectForgotten(running(ONCE).ended(1, FAILURE, NOON), Aftermath.NOT_AGAIN);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void bw24AWorkerThatWasToldToGoIsForgottenHoweverItEnds(int code) {
        expectForgotten(
                running(EVERY_10_S).terminating(1).ended(1, new ExitStatus.Code(code), NOON), Aftermath.STOPPED);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void whoeverIsAskedForWhileItLeavesIsStartedWhenItIsGoneHoweverItEnds(int code) {
        WorkerBook leaving = running(ONCE).terminating(1).hurried(1);
        assertThat(leaving.next(PmState.RUN, false, NOON)).isEmpty();

        Ended ended = leaving.ended(1, new ExitStatus.Code(code), NOON);

        assertThat(ended.aftermath()).isEqualTo(Aftermath.RESTS);
        assertThat(ended.next().next(PmState.RUN, false, NOON)).hasValue(new Errand.Start(1));
    }

    @Test
    void theLastWordCounts() {
        WorkerBook leaving = running(EVERY_10_S).terminating(1).hurried(1).terminating(1);

        expectForgotten(leaving.ended(1, FAILURE, NOON), Aftermath.STOPPED);
    }

    @Test
    void whoeverIsToComeBackComesBackAfterACrashToo() {
        WorkerBook again = running(EVERY_10_S).terminating(1).hurried(1).reinitialized();

        assertThat(again.next(PmState.RUN, false, NOON)).hasValue(new Errand.Start(1));
        expectStart(again.started(1, PID).ended(1, FAILURE, NOON).next(), after(10));
    }

    @Test
    void aWorkerThatIsWantedForEverComesBackAfterSuccessToo() {
        var always = new RestartTerms(Duration.ofSeconds(10), Duration.ZERO, 1, Duration.ofMinutes(1), true);
        WorkerBook book = running(always);

        for (int end = 0; end < 5; end++) {
            book = book.ended(1, SUCCESS, NOON).next().started(1, PID);
        }

        expectStart(book.ended(1, SUCCESS, NOON).next(), after(10));
    }

    @Test
    void aSuccessIsNoFailureEvenIfTheLimitWasLoweredMeanwhile() {
        var patient = new RestartTerms(Duration.ZERO, Duration.ZERO, 10, Duration.ofMinutes(1), true);
        var strict = new RestartTerms(Duration.ZERO, Duration.ZERO, 1, Duration.ofMinutes(1), true);
        WorkerBook book = running(patient);
        for (int end = 0; end < 3; end++) {
            book = book.ended(1, FAILURE, NOON).next().started(1, PID);
        }

        Ended ended = book.amended(1, WorkerStart.RECOVERY_FINISHED, strict).ended(1, SUCCESS, NOON);

        assertThat(ended.aftermath()).isEqualTo(Aftermath.RESTS);
    }

    @Test
    void thePauseDoublesUpToItsCeiling() {
        var doubling = new RestartTerms(Duration.ofSeconds(1), Duration.ofSeconds(5), 0, Duration.ofMinutes(1), false);
        WorkerBook book = running(doubling);

        for (long pause : new long[] {1, 2, 4, 5, 5}) {
            WorkerBook rests = book.ended(1, FAILURE, NOON).next();
            assertThat(rests.nextStart(PmState.RUN)).hasValue(after(pause));
            book = rests.started(1, PID);
        }
    }

    @Test
    void afterEnoughFailuresInAWindowItIsGivenUp() {
        var limited = new RestartTerms(Duration.ZERO, Duration.ZERO, 2, Duration.ofSeconds(60), false);
        WorkerBook twice = running(limited)
                .ended(1, FAILURE, NOON)
                .next()
                .started(1, PID)
                .ended(1, FAILURE, after(30))
                .next()
                .started(1, PID);

        assertThat(twice.ended(1, FAILURE, after(60)).aftermath()).isEqualTo(Aftermath.GIVEN_UP);
        assertThat(twice.ended(1, FAILURE, after(61)).aftermath()).isEqualTo(Aftermath.RESTS);
    }

    @Test
    void bw20ADeadProcessWaitsForNobody() {
        WorkerBook book = WorkerBook.EMPTY
                .with(1, new WorkerTerms(WorkerStart.RECOVERY_FINISHED, ONCE, 77))
                .with(2, new WorkerTerms(WorkerStart.RECOVERY_FINISHED, ONCE, 78))
                .forgettingWaiter(77);

        assertThat(book.find(1).orElseThrow().terms().notifyPid()).isZero();
        assertThat(book.find(2).orElseThrow().terms().notifyPid()).isEqualTo(78);
    }

    @Test
    void bw27AShutdownForgetsThoseThatNeverRanAndAreWaitedFor() {
        WorkerTerms awaited = new WorkerTerms(WorkerStart.RECOVERY_FINISHED, EVERY_10_S, 77);
        WorkerBook book = one(EVERY_10_S)
                .with(2, awaited)
                .with(3, awaited)
                .started(3, PID)
                .with(4, awaited)
                .started(4, 5)
                .quit(4);

        assertThat(book.unstartedWithWaiter()).containsExactly(2);
    }

    @Test
    void bw28ANewBeginningForgetsThoseThatRunOnceAndStartsTheOthersAtOnce() {
        WorkerBook crashed = WorkerBook.EMPTY
                .with(1, new WorkerTerms(WorkerStart.RECOVERY_FINISHED, EVERY_10_S, 77))
                .with(2, new WorkerTerms(WorkerStart.RECOVERY_FINISHED, ONCE, 0))
                .started(1, PID)
                .ended(1, new ExitStatus.Killed(11), NOON)
                .next();

        assertThat(crashed.runOnce()).containsExactly(2);
        WorkerBook again = crashed.without(2).reinitialized();
        assertThat(again.next(PmState.RUN, false, NOON)).hasValue(new Errand.Start(1));
        assertThat(again.find(1).orElseThrow().terms().notifyPid()).isZero();
    }

    @Test
    void whoeverIsEndedWithAllOthersHasNotFailed() {
        var limited = new RestartTerms(Duration.ofHours(1), Duration.ZERO, 1, Duration.ofDays(1), false);

        WorkerBook book = running(limited).quit(1).started(1, PID).quit(1);

        assertThat(book.next(PmState.RUN, false, NOON)).hasValue(new Errand.Start(1));
        assertThat(book.find(1).orElseThrow().failures()).isEmpty();
    }

    @Test
    void aWorkerIsFoundByItsProcess() {
        WorkerBook book = one(ONCE)
                .with(2, new WorkerTerms(WorkerStart.RECOVERY_FINISHED, ONCE, 0))
                .started(2, PID);

        assertThat(book.ofPid(PID)).hasValue(2);
        assertThat(book.ofPid(0)).isEmpty();
    }
}
