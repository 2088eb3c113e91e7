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
    /** How often the logs are measured: nobody tells the checkpointer that one has grown. */
    static final Duration MEASURE_INTERVAL = Duration.ofSeconds(1);

    /**
     * What makes a checkpoint due now; empty if none is.
     *
     * @param requested what was asked for through shared memory
     * @param sinceLast time since the last checkpoint began
     * @param largestWalBytes the longest log of any database
     */
    Set<CheckpointFlag> due(Set<CheckpointFlag> requested, Duration sinceLast, long largestWalBytes) {
        Set<CheckpointFlag> due = EnumSet.noneOf(CheckpointFlag.class);
        due.addAll(requested);
        if (largestWalBytes >= maxWalBytes) {
            due.add(CheckpointFlag.WAL);
        }
        // Nothing was written since the last one: PostgreSQL skips a timed checkpoint then.
        if (sinceLast.compareTo(timeout) >= 0 && largestWalBytes > 0) {
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
