package dev.postmaster.shmem;

/**
 * The registrations of background workers (BW-9). One slot is one registration, as long as it is in use: the postmaster
 * gives it up, and whoever registers takes it, see {@link WorkerRegistrar}.
 */
public final class WorkerSlots {
    private final Words words;
    private final SegmentShape shape;

    WorkerSlots(Words words, SegmentShape shape) {
        this.words = words;
        this.shape = shape;
    }

    /** Number of slots as it was when this process mapped the segment. */
    public int size() {
        return shape.workers();
    }

    /** Number of slots as the segment says now; if it differs from {@code max_worker_processes}, nothing in it is believed. */
    public int recordedSize() {
        return words.getInt(SegmentLayout.WORKERS);
    }

    /** The slot of this number, 0 to {@link #size()} - 1. */
    public WorkerSlot slot(int number) {
        if (number < 0 || number >= size()) {
            throw new IllegalArgumentException("no worker slot " + number + " of " + size());
        }
        return new WorkerSlot(words, number, SegmentLayout.workerOffset(shape.slots(), number));
    }
}
