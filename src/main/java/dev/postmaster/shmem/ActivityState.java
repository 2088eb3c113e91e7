package dev.postmaster.shmem;

/** What a session is doing, in the words of {@code pg_stat_activity.state}. */
public enum ActivityState {
    /** Not said, or not a session. */
    UNDEFINED(""),
    /** Authenticating or preparing. */
    STARTING("starting"),
    IDLE("idle"),
    ACTIVE("active"),
    IDLE_IN_TRANSACTION("idle in transaction"),
    IDLE_IN_TRANSACTION_ABORTED("idle in transaction (aborted)"),
    /** No session: a backend launched ahead of its client, or between two. */
    WAITING("waiting for a client");

    private final String displayName;

    ActivityState(String displayName) {
        this.displayName = displayName;
    }

    /** PostgreSQL's word for the state; empty for {@link #UNDEFINED}. */
    public String displayName() {
        return displayName;
    }
}
