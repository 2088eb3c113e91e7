package dev.postmaster.shmem;

import static dev.postmaster.shmem.CheckpointFlag.FORCE;
import static dev.postmaster.shmem.CheckpointFlag.IMMEDIATE;
import static dev.postmaster.shmem.CheckpointFlag.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The hand-over between requesters and the checkpointer. */
class CheckpointRequestsTest {
    private final TestSegment memory;
    private final CheckpointRequests requester;
    private final CheckpointRequests checkpointer;

    CheckpointRequestsTest() throws SegmentException {
        memory = new TestSegment(1);
        requester = memory.segment().checkpoints();
        checkpointer = memory.attached().checkpoints();
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void requestsMadeBeforeTheBeginShareOneCheckpoint() {
        long first = requester.request(Set.of(IMMEDIATE, WAIT));
        long second = requester.request(Set.of(FORCE));
        assertThat(second).isEqualTo(first);
        assertThat(checkpointer.pending()).containsExactly(IMMEDIATE, FORCE, WAIT);
        assertThat(checkpointer.begin()).containsExactly(IMMEDIATE, FORCE, WAIT);
        assertThat(requester.isDone(first)).isFalse();
        checkpointer.end(true);
        assertThat(requester.isDone(first)).isTrue();
        assertThat(requester.failures()).isZero();
    }

    @Test
    void aRequestMadeDuringACheckpointWaitsForTheNextOne() {
        checkpointer.begin();
        long ticket = requester.request(Set.of(WAIT));
        checkpointer.end(true);
        assertThat(requester.isDone(ticket)).isFalse();
        assertThat(checkpointer.begin()).containsExactly(WAIT);
        checkpointer.end(true);
        assertThat(requester.isDone(ticket)).isTrue();
    }

    @Test
    void aFailureIsSeenByTheTimeTheCheckpointIsDone() {
        long ticket = requester.request(Set.of(WAIT));
        checkpointer.begin();
        checkpointer.end(false);
        assertThat(requester.isDone(ticket)).isTrue();
        assertThat(requester.failures()).isOne();
    }
}
