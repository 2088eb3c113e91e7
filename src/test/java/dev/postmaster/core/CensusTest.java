package dev.postmaster.core;

import static dev.postmaster.core.BackendRole.PASSED_OVER;
import static dev.postmaster.core.BackendRole.SESSION;
import static dev.postmaster.core.BackendRole.STARTING;
import static dev.postmaster.core.BackendRole.WAITING;
import static dev.postmaster.core.BackendRole.WAL_SENDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class CensusTest {
    @Test
    void sessionsAreBackendsThatAreNoWalSenders() {
        Census census = new Census(Map.of(ChildKind.BACKEND, 3), 1, 0, 0, 0);

        assertThat(census.sessions()).isEqualTo(2);
        assertThat(census.withWalSender().sessions()).isOne();
        assertThat(census.minus(ChildKind.BACKEND, WAL_SENDER))
                .isEqualTo(new Census(Map.of(ChildKind.BACKEND, 2), 0, 0, 0, 0));
    }

    @Test
    void sparesAreBackendsWithoutSession() {
        Census one = Census.EMPTY.plusSpare();

        assertThat(one.sessions()).isZero();
        assertThat(one.moved(STARTING, WAITING)).isEqualTo(new Census(Map.of(ChildKind.BACKEND, 1), 0, 0, 1, 0));
        assertThat(one.moved(STARTING, SESSION).sessions()).isOne();
        assertThat(one.moved(STARTING, PASSED_OVER).clients()).isZero();
        assertThat(one.moved(STARTING, PASSED_OVER).spares()).isZero();
        assertThat(one.hasAnyOf(StopWave.BACKENDS)).isTrue();
        assertThat(one.minus(ChildKind.BACKEND, STARTING)).isEqualTo(Census.EMPTY);
        assertThatThrownBy(() -> one.moved(WAITING, SESSION)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void walSendersLeaveWithTheArchiverNotWithTheSessions() {
        Census walSender = new Census(Map.of(ChildKind.BACKEND, 1), 1, 0, 0, 0);

        assertThat(walSender.hasAnyOf(StopWave.BACKENDS)).isFalse();
        assertThat(walSender.hasAnyOf(StopWave.ARCHIVAL)).isTrue();
        assertThat(walSender.isDeserted()).isFalse();
    }

    @Test
    void aLoggerAloneIsNobody() {
        assertThat(Census.EMPTY.plus(ChildKind.SYSLOGGER).isDeserted()).isTrue();
    }

    @Test
    void impossibleCountsAreRefused() {
        Map<ChildKind, Integer> oneBackend = Map.of(ChildKind.BACKEND, 1);
        Map<ChildKind, Integer> noBackend = Map.of(ChildKind.BACKEND, 0);
        Census checkpointer = Census.EMPTY.plus(ChildKind.CHECKPOINTER);

        assertThatThrownBy(() -> new Census(oneBackend, 2, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Census(noBackend, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> checkpointer.plus(ChildKind.CHECKPOINTER))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> checkpointer.minus(ChildKind.STARTUP)).isInstanceOf(IllegalArgumentException.class);
    }
}
