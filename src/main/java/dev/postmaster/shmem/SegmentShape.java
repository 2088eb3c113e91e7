package dev.postmaster.shmem;

/**
 * How much a segment holds. The postmaster says it once; everybody else derives it from the segment and compares it
 * with the size.
 *
 * @param slots child slots, at least 1
 * @param workers worker slots, {@code max_worker_processes}; may be 0
 */
public record SegmentShape(int slots, int workers) {
    public SegmentShape {
        if (slots < 1 || workers < 0) {
            throw new IllegalArgumentException("a segment of " + slots + " slots and " + workers + " worker slots");
        }
    }
}
