package dev.postmaster.core;

/** The phases of the postmaster's life, in PostgreSQL's order, which matters for comparisons (PM-8). */
public enum PmState {
    /** Before the first startup process. */
    INIT("PM_INIT"),
    /** The startup process runs, redo has not begun. */
    STARTUP("PM_STARTUP"),
    /** Archive or standby recovery, not open for queries. */
    RECOVERY("PM_RECOVERY"),
    /** Recovery goes on, read-only sessions are served. */
    HOT_STANDBY("PM_HOT_STANDBY"),
    /** Normal operation. */
    RUN("PM_RUN"),
    /** Passed through in one step: everybody who must go is told. */
    STOP_BACKENDS("PM_STOP_BACKENDS"),
    /** Waiting for the children that were told to go. */
    WAIT_BACKENDS("PM_WAIT_BACKENDS"),
    /** Waiting for the checkpointer to write the shutdown checkpoint. */
    SHUTDOWN("PM_SHUTDOWN"),
    /** Waiting for the archiver and the walsenders to finish. */
    SHUTDOWN_2("PM_SHUTDOWN_2"),
    /** Accepting nobody, waiting for the last child. */
    WAIT_DEAD_END("PM_WAIT_DEAD_END"),
    /** Nobody is left: exit or start over, in the same step. */
    NO_CHILDREN("PM_NO_CHILDREN");

    private final String pgName;

    PmState(String pgName) {
        this.pgName = pgName;
    }

    /** The name in postmaster.c. */
    public String pgName() {
        return pgName;
    }

    public boolean isBefore(PmState other) {
        return compareTo(other) < 0;
    }

    /** Whether sessions are served in this phase. */
    public boolean servesSessions() {
        return this == HOT_STANDBY || this == RUN;
    }

    /** Whether the system is on its way down, to exit or to start over. */
    public boolean isStopping() {
        return !isBefore(STOP_BACKENDS);
    }
}
