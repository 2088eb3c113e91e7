package dev.postmaster.launch;

import dev.postmaster.os.Fd;
import dev.postmaster.shmem.SegmentIdentity;

/**
 * What every child stands on. It changes at a reload (new settings) and at a reinitialisation (new segment).
 *
 * @param parameters what all children are told
 * @param alive read end of the alive pipe; the postmaster alone holds the other end
 * @param segment the shared segment's memfd
 * @param identity what a child must find in the segment
 */
public record LaunchGround(CommonParameters parameters, Fd alive, Fd segment, SegmentIdentity identity) {}
