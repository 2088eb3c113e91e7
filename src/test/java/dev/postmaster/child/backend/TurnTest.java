package dev.postmaster.child.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.child.backend.Turn.Verdict;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TurnTest {
    private static final Report CANCEL =
            Errors.error(SqlState.QUERY_CANCELED, "user request").report();
    private static final Report TIMEOUT =
            Errors.error(SqlState.QUERY_CANCELED, "timeout").report();
    private static final Report BYE = Errors.fatal(SqlState.ADMIN_SHUTDOWN, "bye");
    private static final Report INTERRUPTED =
            Errors.error(SqlState.QUERY_CANCELED, "interrupted").report();
    private static final Report FAILURE =
            Errors.error(SqlState.DIVISION_BY_ZERO, "failure").report();

    private final Turn turn = new Turn();

    @Test
    void anUnauthenticatedClientIsLeftWithoutAWord() {
        assertThat(turn.isAuthenticated()).isFalse();
        assertThat(turn.cancel(CANCEL)).isFalse();
        assertThat(turn.end(BYE)).isEqualTo(Verdict.LEAVE);
    }

    @Test
    void aWaitingClientIsToldByWhoeverEndsTheSession() {
        turn.beginWork();
        turn.becomeIdle();
        assertThat(turn.cancel(CANCEL)).as("nothing to cancel").isFalse();
        turn.beginWait();
        assertThat(turn.cancel(CANCEL)).as("nothing to cancel").isFalse();
        assertThat(turn.end(BYE)).isEqualTo(Verdict.SAY_GOODBYE);
        assertThat(turn.end(BYE)).isEqualTo(Verdict.TOO_LATE);
    }

    @Test
    void workIsInterruptedByANote() {
        turn.beginWork();
        assertThatCode(turn::heed).doesNotThrowAnyException();
        assertThat(turn.cancel(CANCEL)).isTrue();
        assertThatThrownBy(turn::heed).isInstanceOf(ReportException.class).hasMessage("user request");
        assertThatCode(turn::heed).as("a note is heeded once").doesNotThrowAnyException();
    }

    @Test
    void theFirstReasonToCancelStands() {
        turn.beginWork();
        turn.cancel(TIMEOUT);
        turn.cancel(CANCEL);
        assertThat(turn.explain(INTERRUPTED)).isEqualTo(TIMEOUT);
    }

    @Test
    void aCancelExplainsAnInterruptionAndNoOtherError() {
        turn.beginWork();
        turn.cancel(CANCEL);
        assertThat(turn.explain(FAILURE)).isEqualTo(FAILURE);
        assertThat(turn.explain(INTERRUPTED))
                .as("the note went with the failure")
                .isEqualTo(INTERRUPTED);
    }

    @Test
    void theEndExplainsEveryError() {
        turn.beginWork();
        turn.cancel(CANCEL);
        assertThat(turn.end(BYE)).isEqualTo(Verdict.NOTED);
        assertThat(turn.explain(FAILURE)).isEqualTo(BYE);
        assertThatThrownBy(turn::beginWait).isInstanceOf(ReportException.class).hasMessage("bye");
    }

    @Test
    void aNoteThatComesTooLateIsForgotten() {
        turn.beginWork();
        turn.cancel(CANCEL);
        turn.becomeIdle();
        turn.beginWait();
        turn.beginWork();
        assertThatCode(turn::heed).doesNotThrowAnyException();
    }

    @Test
    void aNoteBetweenMessagesThatBelongTogetherIsForTheRestOfThem() {
        turn.beginWork();
        turn.beginWait();
        assertThat(turn.cancel(CANCEL)).isTrue();
        turn.beginWork();
        assertThatThrownBy(turn::heed).hasMessage("user request");
    }

    @Test
    void insistingStopsWhenTheNoteIsHeeded() {
        AtomicInteger interrupts = new AtomicInteger();
        turn.beginWork();
        assertThat(turn.insist(interrupts::incrementAndGet)).isFalse();
        turn.cancel(CANCEL);
        assertThat(turn.insist(interrupts::incrementAndGet)).isTrue();
        turn.explain(INTERRUPTED);
        assertThat(turn.insist(interrupts::incrementAndGet)).isFalse();
        assertThat(interrupts).hasValue(1);
    }

    @Test
    void theEndCanBeTakenFromAThreadThatCannotComeToIt() {
        turn.beginWork();
        assertThat(turn.seize()).as("there is no reason").isNull();
        turn.end(BYE);
        assertThat(turn.seize()).isEqualTo(BYE);
        turn.left();
        assertThat(turn.beginWork()).isFalse();
        assertThat(turn.finish()).isFalse();
    }

    @Test
    void theSessionsThreadWaitsUntilTheGoodbyeIsSaid() throws Exception {
        turn.beginWork();
        turn.beginWait();
        turn.end(BYE);
        CountDownLatch woken = new CountDownLatch(1);
        Thread session = Thread.ofPlatform().start(() -> {
            assertThat(turn.beginWork()).isFalse();
            woken.countDown();
        });
        while (session.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(woken.getCount()).isEqualTo(1);
        turn.left();
        woken.await();
    }

    @Test
    void manyEndsAndOneSessionAgreeOnOneEnd() throws Exception {
        for (int round = 0; round < 500; round++) {
            Turn shared = new Turn();
            AtomicInteger goodbyes = new AtomicInteger();
            shared.beginWork();
            Thread session = Thread.ofPlatform().start(() -> serve(shared, goodbyes));
            Thread[] enders = new Thread[3];
            for (int i = 0; i < enders.length; i++) {
                enders[i] = Thread.ofPlatform().start(() -> {
                    if (shared.end(BYE) == Verdict.SAY_GOODBYE) {
                        goodbyes.incrementAndGet();
                        shared.left();
                    }
                });
            }
            for (Thread ender : enders) {
                ender.join();
            }
            session.join();
            assertThat(goodbyes).as("round %d", round).hasValue(1);
        }
    }

    /** A session that works and waits in turns until it is ended, by itself or by others. */
    private static void serve(Turn turn, AtomicInteger goodbyes) {
        try {
            do {
                turn.beginWait();
            } while (turn.beginWork());
        } catch (ReportException bye) {
            goodbyes.incrementAndGet();
        }
    }
}
