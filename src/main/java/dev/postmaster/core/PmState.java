package dev.postmaster.core;

/** The phases of the postmaster's life, in PostgreSQL's order, which matters for comparisons (PM-8). */
public enum PmState {
    /** Before the first startup process. */
    INIT("PM_INIT", "the start sequence"),
    /** The startup process runs, redo has not begun. */
    STARTUP("PM_STARTUP", "the startup process to begin redo or to end"),
    /** Archive or standby recovery, not open for queries. */
    RECOVERY("PM_RECOVERY", "recovery to reach a consistent state or to end"),
    /** Recovery goes on, read-only sessions are served. */
    HOT_STANDBY("PM_HOT_STANDBY", "the end of recovery"),
    /** Normal operation. */
    RUN("PM_RUN", "nothing"),
    /** Passed through in one step: everybody who must go is told. */
    STOP_BACKENDS("PM_STOP_BACKENDS", "nothing"),
    /** Waiting for the children that were told to go. */
    WAIT_BACKENDS(
            "PM_WAIT_BACKENDS",
            "sessions, workers, startup process, WAL receiver, background writer, WAL writer and autovacuum launcher; after a crash or an immediate shutdown also the checkpointer"),
    /** Waiting for the checkpointer to write the shutdown checkpoint. */
    SHUTDOWN("PM_SHUTDOWN", "the checkpointer"),
    /** Waiting for the archiver and the walsenders to finish. */
    SHUTDOWN_2("PM_SHUTDOWN_2", "the archiver and the walsenders"),
    /** Accepting nobody, waiting for the last child. */
    WAIT_DEAD_END("PM_WAIT_DEAD_END", "the last child but the syslogger"),
    /** Nobody is left: exit or start over, in the same step. */
    NO_CHILDREN("PM_NO_CHILDREN", "nothing");

    private final String pgName;
    private final String waitsFor;

    PmState(String pgName, String waitsFor) {
        this.pgName = pgName;
        this.waitsFor = waitsFor;
    }

    /** The name in postmaster.c. */
    public String pgName() {
        return pgName;
    }

    /** Whose move ends this phase, in words, if no shutdown is requested. */
    public String waitsFor() {
        return waitsFor;
    }

    public boolean isBefore(PmState other) {
        return compareTo(other) < 0;
    }

    /** Whether sessions are served in this phase. */
    public boolean servesSessions() {
        return this == HOT_STANDBY || this == RUN;
    }

    /** Whether the cluster is in use: from the first startup process until the stop. */
    public boolean isOperating() {
        return this != INIT && !isStopping();
    }

    /** Whether the system is on its way down, to exit or to start over. */
    public boolean isStopping() {
        return !isBefore(STOP_BACKENDS);
    }
}
