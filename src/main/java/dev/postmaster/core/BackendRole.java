package dev.postmaster.core;

/** What a backend is there for at the moment. */
public enum BackendRole {
    /** It serves a client, or is on its way out after that; so counts every child that is no backend. */
    SESSION,
    /** It streams the log to a standby (PM-61). */
    WAL_SENDER,
    /** A spare that was launched and has not said yet that it waits. */
    STARTING,
    /** A spare that waits for a client. */
    WAITING,
    /** It was a spare and is given nobody: it takes too long to start, did not take a client, or was told to leave. */
    PASSED_OVER
}
