package dev.postmaster.shmem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.ChildKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a reader sees while the owner writes, and after it died writing. */
class SessionAreaTest {
    private final TestSegment memory;
    private final ChildSlot slot;

    SessionAreaTest() throws SegmentException {
        memory = new TestSegment(1);
        slot = memory.segment().slot(1);
        slot.assign(ChildKind.BACKEND);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void aReaderNeverSeesHalfOfOneStatementAndHalfOfAnother() throws Exception {
        SessionArea owners = memory.attached().slot(1).session();
        Thread owner = Thread.ofPlatform().daemon().start(() -> {
            for (int i = 1; !Thread.currentThread().isInterrupted(); i++) {
                Writing.write(owners, i);
            }
        });
        int seen = 0;
        for (int i = 0; i < 20_000; i++) {
            var view = slot.session().read();
            view.ifPresent(Writing::check);
            seen += view.isPresent() ? 1 : 0;
        }
        owner.interrupt();
        owner.join();
        assertThat(seen).as("consistent readings").isPositive();
    }

    @Test
    void whatADeadOwnerLeftHalfWrittenIsNotReadUntilTheSlotIsWiped() throws Exception {
        Writing.write(slot.session(), 1);
        leaveTheCounterOdd();
        assertThat(slot.session().read()).isEmpty();
        slot.release();
        slot.assign(ChildKind.BACKEND);
        assertThat(slot.session().read()).map(SessionView::identity).contains(SessionIdentity.NOBODY);
    }

    @Test
    void lengthsAndStatesThatMakeNoSenseDoNoHarm() throws Exception {
        Writing.write(slot.session(), 1);
        poke(SegmentLayout.SLOT_USER, Integer.MAX_VALUE);
        poke(SegmentLayout.SLOT_QUERY, -5);
        poke(SegmentLayout.SLOT_ACTIVITY, 99);
        poke(SegmentLayout.SLOT_STATE, 77);
        poke(SegmentLayout.SLOT_KIND, -1);
        SessionView view = slot.session().read().orElseThrow();
        assertThat(view.identity().user()).hasSizeLessThanOrEqualTo(64);
        assertThat(view.query()).isEmpty();
        assertThat(view.state()).isEqualTo(ActivityState.UNDEFINED);
        assertThat(slot.state()).isEqualTo(SlotState.ACTIVE);
        assertThat(slot.kind()).isEmpty();
        assertThat(slot.release()).isFalse();
    }

    private void leaveTheCounterOdd() throws IOException {
        poke(SegmentLayout.SLOT_CHANGES, 0x01010101);
    }

    /** Numbers that read the same in either byte order are enough here, and -5 is negative in both. */
    private void poke(int offset, int value) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile("/proc/self/fd/" + memory.memfd().number(), "rw")) {
            file.seek(SegmentLayout.slotOffset(1) + offset);
            file.writeInt(value);
        }
    }
}
