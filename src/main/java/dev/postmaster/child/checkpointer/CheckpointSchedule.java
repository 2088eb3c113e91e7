package dev.postmaster.child.checkpointer;

import dev.postmaster.shmem.CheckpointFlag;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether a checkpoint is due, and how long to sleep until one may be.
 *
 * @param timeout {@code checkpoint_timeout}
 * @param maxWalBytes {@code max_wal_size}: what the log of one database may grow to
 */
record CheckpointSchedule(Duration timeout, long maxWalBytes) {
    /**
     * Two lengths in bytes, each the greatest of any database.
     *
     * @param longest of a log
     * @param growth of a log beyond what the last checkpoint left of it
     */
    record LogSizes(long longest, long growth) {}

    /** How often the logs are measured: nobody tells the checkpointer that one has grown. */
    static final Duration MEASURE_INTERVAL = Duration.ofSeconds(1);

    /**
     * What makes a checkpoint due now; empty if none is.
     *
     * @param requested what was asked for through shared memory
     * @param sinceLast time since the last checkpoint began
     * @param logs the logs as they are now
     */
    Set<CheckpointFlag> due(Set<CheckpointFlag> requested, Duration sinceLast, LogSizes logs) {
        Set<CheckpointFlag> due = EnumSet.noneOf(CheckpointFlag.class);
        due.addAll(requested);
        // Not the length itself: a log that a reader keeps long would make one due every second.
        if (logs.growth() >= maxWalBytes) {
            due.add(CheckpointFlag.WAL);
        }
        // All logs are empty, so nothing was written since the last one: PostgreSQL skips a timed checkpoint then.
        if (sinceLast.compareTo(timeout) >= 0 && logs.longest() > 0) {
            due.add(CheckpointFlag.TIME);
        }
        return due;
    }

    /** How long nothing can become due without a signal. */
    Duration sleep(Duration sinceLast) {
        Duration left = timeout.minus(sinceLast);
        return left.isPositive() && left.compareTo(MEASURE_INTERVAL) < 0 ? left : MEASURE_INTERVAL;
    }
}
