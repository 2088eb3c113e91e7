package dev.postmaster.store;

/** How hard a checkpoint tries; SQLite's {@code wal_checkpoint} modes. */
public enum CheckpointMode {
    /** Moves what it can without waiting for anybody. */
    PASSIVE,
    /** Waits for writers, then moves everything readers allow. */
    FULL,
    /** Like FULL, and waits for readers so that the next writer starts the log from its beginning. */
    RESTART,
    /** Like RESTART, and cuts the log file to nothing. */
    TRUNCATE
}
