package dev.postmaster.shmem;

import dev.postmaster.core.ChildKind;
import java.util.Optional;

/**
 * One child slot (PM-60). The state word is handed over between postmaster and child by single atomic steps; the rest of
 * the slot belongs to the child while it lives, and to nobody else ever. What a reader finds may be garbage left by a
 * child that went mad; every accessor answers something harmless then.
 */
public final class ChildSlot {
    private final Words words;
    private final int number;
    private final int offset;

    ChildSlot(Words words, int number) {
        this.words = words;
        this.number = number;
        this.offset = SegmentLayout.slotOffset(number);
    }

    /** 1 to the number of slots. */
    public int number() {
        return number;
    }

    // Postmaster

    /** Wipes the slot and gives it to a child that is about to be launched. */
    public void assign(ChildKind kind) {
        int tenancy = tenancy() + 1;
        words.clear(offset, SegmentLayout.SLOT_CHANGES);
        session().wipe();
        words.clear(offset + SegmentLayout.SLOT_ENTERED, SegmentLayout.SLOT_STRIDE - SegmentLayout.SLOT_ENTERED);
        words.setInt(offset + SegmentLayout.SLOT_TENANCY, tenancy);
        words.setInt(offset + SegmentLayout.SLOT_KIND, EnumWords.wordOf(kind));
        words.setInt(offset + SegmentLayout.SLOT_STATE, EnumWords.wordOf(SlotState.ASSIGNED));
    }

    /**
     * Takes the slot back after its child was reaped or could not be launched.
     *
     * @return whether the child had cleaned up: anything but {@code ASSIGNED} means it did not
     */
    public boolean release() {
        int last = words.swapInt(offset + SegmentLayout.SLOT_STATE, EnumWords.wordOf(SlotState.UNUSED));
        return last == EnumWords.wordOf(SlotState.ASSIGNED);
    }

    // Child

    /**
     * From here on an end without {@link #deactivate()} counts as a crash.
     *
     * @throws IllegalStateException if the slot was not assigned: it is somebody else's
     */
    public void activate(int pid) {
        introduce(pid);
        move(SlotState.ASSIGNED, SlotState.ACTIVE);
    }

    /** Says which process this is, before it has anything to clean up. */
    public void introduce(int pid) {
        words.setInt(offset + SegmentLayout.SLOT_PID, pid);
    }

    /** The backend streams the log from now on; there is no way back. */
    public void becomeWalsender() {
        move(SlotState.ACTIVE, SlotState.WALSENDER);
    }

    /** Last act of the child on shared memory. */
    public void deactivate() {
        words.setInt(offset + SegmentLayout.SLOT_STATE, EnumWords.wordOf(SlotState.ASSIGNED));
    }

    /** Adds to a counter of this child. */
    public void add(SlotCounter counter, long amount) {
        words.addLong(counterOffset(counter), amount);
    }

    /** Notes how far the start has come; harmless before {@link #activate}, because nobody's correctness rests on it. */
    public void noteBirth(long enteredNanos, long bornNanos) {
        words.setLong(offset + SegmentLayout.SLOT_ENTERED, enteredNanos);
        words.setLong(offset + SegmentLayout.SLOT_BORN, bornNanos);
    }

    /** Notes that the child does its work; only the first time counts. */
    public void noteReady(long nanos) {
        words.compareAndSetLong(offset + SegmentLayout.SLOT_READY, 0, nanos);
    }

    // Anybody

    /** When the child came how far. */
    public StartTimes startTimes() {
        return new StartTimes(
                words.getLong(offset + SegmentLayout.SLOT_ENTERED),
                words.getLong(offset + SegmentLayout.SLOT_BORN),
                words.getLong(offset + SegmentLayout.SLOT_READY));
    }

    /** What the child says about its session. */
    public SessionArea session() {
        return new SessionArea(words, offset);
    }

    /** The state; {@code ACTIVE} if the word makes no sense, because such a child has not cleaned up. */
    public SlotState state() {
        int word = words.getInt(offset + SegmentLayout.SLOT_STATE);
        return EnumWords.constantOf(SlotState.values(), word, SlotState.ACTIVE);
    }

    /** The kind the slot was last assigned to; empty if the word makes no sense. */
    public Optional<ChildKind> kind() {
        int word = words.getInt(offset + SegmentLayout.SLOT_KIND);
        ChildKind[] kinds = ChildKind.values();
        return word >= 0 && word < kinds.length ? Optional.of(kinds[word]) : Optional.empty();
    }

    /** The pid as the child gave it; 0 before it did. */
    public int pid() {
        return words.getInt(offset + SegmentLayout.SLOT_PID);
    }

    /** How often the slot was assigned in this segment: two readings with different values met different children. */
    public int tenancy() {
        return words.getInt(offset + SegmentLayout.SLOT_TENANCY);
    }

    public long counter(SlotCounter counter) {
        return words.getLong(counterOffset(counter));
    }

    private int counterOffset(SlotCounter counter) {
        return offset + SegmentLayout.SLOT_COUNTERS + EnumWords.wordOf(counter) * Long.BYTES;
    }

    private void move(SlotState from, SlotState to) {
        if (!words.compareAndSetInt(offset + SegmentLayout.SLOT_STATE, EnumWords.wordOf(from), EnumWords.wordOf(to))) {
            throw new IllegalStateException("slot " + number + " is " + state() + ", not " + from);
        }
    }
}
