package dev.postmaster.core;

/** What a backend is there for at the moment. */
public enum BackendRole {
    /** It serves a client, or is on its way out, or may never be ready; so counts every child that is no backend. */
    SESSION,
    /** It streams the log to a standby (PM-61). */
    WAL_SENDER,
    /** A spare that was launched and has not said yet that it waits. */
    STARTING,
    /** A spare that waits for a client. */
    WAITING
}
