package dev.postmaster.shmem;

/**
 * When a child came how far, as it says itself: {@link System#nanoTime()} of its process, which on Linux is the same clock for
 * all (CLOCK_MONOTONIC); 0 for what it has not reached.
 *
 * @param entered its first line of ours
 * @param born it has read its parameters, joined the cluster and attached to shared memory
 * @param ready it does its work; a backend waits for its client's first statement
 */
public record StartTimes(long entered, long born, long ready) {}
