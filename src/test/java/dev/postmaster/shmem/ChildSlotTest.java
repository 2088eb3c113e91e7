package dev.postmaster.shmem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.postmaster.core.ChildKind;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PM-60: the life of a slot, seen by its two owners. */
class ChildSlotTest {
    private static final long NOW = 1_700_000_000_000_000L;
    private static final Instant AT = Instant.ofEpochSecond(1_700_000_000L);

    private final TestSegment memory;
    private final ChildSlot postmasters;
    private final ChildSlot childs;

    ChildSlotTest() throws SegmentException {
        memory = new TestSegment(3);
        postmasters = memory.segment().slot(2);
        childs = memory.attached().slot(2);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void aChildThatCleansUpLeavesACleanSlot() {
        postmasters.assign(ChildKind.BGWORKER);
        childs.activate(4242);
        assertThat(postmasters.state()).isEqualTo(SlotState.ACTIVE);
        assertThat(postmasters.pid()).isEqualTo(4242);
        assertThat(postmasters.kind()).contains(ChildKind.BGWORKER);
        childs.deactivate();
        assertThat(postmasters.release()).isTrue();
        assertThat(postmasters.state()).isEqualTo(SlotState.UNUSED);
    }

    /** CH-41. */
    @Test
    void aChildThatNeverTouchedSharedMemoryLeavesACleanSlot() {
        postmasters.assign(ChildKind.BACKEND);
        assertThat(postmasters.release()).isTrue();
    }

    @Test
    void aChildThatDidNotCleanUpIsFoundOut() {
        postmasters.assign(ChildKind.BACKEND);
        childs.activate(4242);
        childs.becomeWalsender();
        assertThat(postmasters.state()).isEqualTo(SlotState.WALSENDER);
        assertThat(postmasters.release()).isFalse();
    }

    @Test
    void nobodyActivatesASlotThatIsNotAssigned() {
        assertThatIllegalStateException()
                .isThrownBy(() -> childs.activate(4242))
                .withMessage("slot 2 is UNUSED, not ASSIGNED");
        postmasters.assign(ChildKind.BACKEND);
        childs.activate(4242);
        assertThatIllegalStateException().isThrownBy(() -> childs.activate(4243));
    }

    @Test
    void theNextChildFindsNothingOfTheLast() {
        postmasters.assign(ChildKind.BACKEND);
        childs.activate(4242);
        childs.add(SlotCounter.COMMITS, 5);
        childs.session().begin(new SessionIdentity("alice", "shop", "psql", "127.0.0.1:5000"), AT);
        int tenancy = postmasters.tenancy();
        postmasters.release();
        postmasters.assign(ChildKind.BACKEND);
        assertThat(childs.tenancy()).isEqualTo(tenancy + 1);
        assertThat(childs.counter(SlotCounter.COMMITS)).isZero();
        assertThat(childs.pid()).isZero();
        assertThat(childs.session().read().orElseThrow().identity()).isEqualTo(SessionIdentity.NOBODY);
    }

    @Test
    void aSessionTellsWhatItDoes() {
        postmasters.assign(ChildKind.BACKEND);
        SessionIdentity alice = new SessionIdentity("alice", "shop", "psql", "127.0.0.1:5000");
        childs.session().begin(alice, AT);
        childs.session().running("select 1", AT.plusNanos(1_000));
        childs.session().enter(ActivityState.IDLE, AT.plusNanos(2_000));
        childs.add(SlotCounter.STATEMENTS, 1);
        assertThat(postmasters.session().read())
                .contains(new SessionView(alice, NOW, ActivityState.IDLE, "select 1", NOW + 2));
        assertThat(postmasters.counter(SlotCounter.STATEMENTS)).isOne();
    }

    @Test
    void longTextsAreCutAtACharacterAndStayInTheirField() {
        postmasters.assign(ChildKind.BACKEND);
        String name = "x" + "ä".repeat(40);
        childs.session().begin(new SessionIdentity(name, name, name, name), AT);
        childs.session().running("€".repeat(2000), AT);
        SessionView view = postmasters.session().read().orElseThrow();
        String cut = "x" + "ä".repeat(31);
        assertThat(view.identity()).isEqualTo(new SessionIdentity(cut, cut, cut, cut));
        assertThat(view.query()).isEqualTo("€".repeat(1023 / 3));
        assertThat(view.startedAtMicros()).isEqualTo(NOW);
        assertThat(memory.segment().slot(3).state()).isEqualTo(SlotState.UNUSED);
    }
}
