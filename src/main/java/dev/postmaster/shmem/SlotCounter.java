package dev.postmaster.shmem;

/** What a child counts in its own slot. Only the owner adds; anybody may read. Counts start at 0 with each child. */
public enum SlotCounter {
    COMMITS,
    ROLLBACKS,
    STATEMENTS,
    /** Times a writer had to wait because another one held the database. */
    BUSY_WAITS,
    ROWS_SENT,
    BYTES_RECEIVED,
    BYTES_SENT,
    /** Sessions served, for a child that serves several. */
    SESSIONS
}
