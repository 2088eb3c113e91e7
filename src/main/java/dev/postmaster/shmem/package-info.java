/**
 * The shared segment: the one piece of memory that the postmaster and its children both see.
 *
 * <p>It holds what the children tell the postmaster without a system call each (pmsignal flags, slot states), what the
 * postmaster tells them (the SIGQUIT reason), and what everybody may look at (sessions, counters, recovery progress,
 * checkpoint requests, registrations of background workers). It lies in a memfd that each process maps through {@code /proc/self/fd/<n>}, so it needs no
 * native code and has no name that could be left over. Everything is found by offset; magic, version, size and
 * generation are compared on attach.
 *
 * <p>The rule that makes a crashed child harmless: no child writes a shared word on which another child's correctness
 * rests, other than by an atomic hand-over of that single word. The postmaster decides nothing from this memory that it
 * cannot survive being wrong: which slot is free it knows from {@link dev.postmaster.shmem.SlotPools}, which never
 * leaves its own heap.
 *
 * <p>Door: {@link dev.postmaster.shmem.SharedSegment} and the views it hands out ({@link
 * dev.postmaster.shmem.PmSignalFlags}, {@link dev.postmaster.shmem.ChildSlot}, {@link
 * dev.postmaster.shmem.CheckpointRequests}, {@link dev.postmaster.shmem.RecoveryProgress}, {@link
 * dev.postmaster.shmem.WorkerSlots}); {@link dev.postmaster.shmem.WorkerRegistrar}; {@link
 * dev.postmaster.shmem.SlotPools} with {@link dev.postmaster.shmem.PoolSizes}.
 */
@NullMarked
package dev.postmaster.shmem;

import org.jspecify.annotations.NullMarked;
