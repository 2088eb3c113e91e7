package dev.postmaster.launch;

import dev.postmaster.core.ChildKind;
import dev.postmaster.os.Os;
import dev.postmaster.shmem.CheckpointFlag;
import dev.postmaster.shmem.ChildSlot;
import dev.postmaster.shmem.PmSignal;
import dev.postmaster.shmem.SharedSegment;
import dev.postmaster.shmem.SlotCounter;
import dev.postmaster.shmem.Writing;
import java.util.Objects;
import java.util.Set;

/** A child that writes into its segment without end, from one thread per slot, to be killed at any point. */
public final class SlotWriterProgram {
    static final int SLOTS = 4;

    private SlotWriterProgram() {}

    /** Writes to slots 1 to {@link #SLOTS}. */
    public static void main(String[] args) throws Exception {
        Os os = Os.open();
        ParameterBlock block = new ParameterSource(os.fds(), os.rawIo()).take(ChildKind.BGWRITER, args[1]);
        SharedSegment segment = SharedSegment.attach(
                ChildDescriptors.SHARED_SEGMENT,
                Objects.requireNonNull(block.own().segment()));
        for (int slot = 1; slot <= SLOTS; slot++) {
            ChildSlot own = segment.slot(slot);
            Thread.ofPlatform().start(() -> writeForEver(segment, own));
        }
    }

    private static void writeForEver(SharedSegment segment, ChildSlot slot) {
        for (int number = 1; ; number++) {
            slot.activate(number);
            Writing.write(slot.session(), number);
            slot.add(SlotCounter.STATEMENTS, 1);
            segment.pmSignals().raise(PmSignal.START_WALRECEIVER);
            segment.checkpoints().request(Set.of(CheckpointFlag.FORCE));
            slot.deactivate();
        }
    }
}
