package dev.postmaster.shmem;

/**
 * What a child must find in the segment it was given. It travels in the parameter block; a child that finds anything
 * else holds memory of another life of the cluster and must not touch it.
 *
 * @param size bytes, the whole segment
 * @param generation counts the re-creations of the segment within one life of the postmaster, from 1
 * @param creator pid of the postmaster that made it
 */
public record SegmentIdentity(long size, int generation, int creator) {
    public SegmentIdentity {
        if (size <= 0 || generation <= 0 || creator <= 0) {
            throw new IllegalArgumentException("not a segment: " + size + " bytes, generation " + generation);
        }
    }
}
