package dev.postmaster.child;

import dev.postmaster.shmem.ChildSlot;
import dev.postmaster.shmem.SharedSegment;

/**
 * What a child that is attached to shared memory may use of it.
 *
 * @param segment the whole segment: to be read, except where a view says that children write
 * @param slot the child's own slot
 * @param postmaster the way back to the postmaster
 */
public record SharedMemory(SharedSegment segment, ChildSlot slot, PostmasterChannel postmaster) {}
