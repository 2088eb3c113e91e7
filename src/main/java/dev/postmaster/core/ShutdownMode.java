package dev.postmaster.core;

/** How the postmaster was told to stop; requests only ever escalate (PM-38 to PM-41). */
public enum ShutdownMode {
    NONE,
    /** Wait for the sessions to end by themselves. */
    SMART,
    /** End the sessions, write the shutdown checkpoint. */
    FAST,
    /** End everything now; the next start recovers. */
    IMMEDIATE;

    public boolean atLeast(ShutdownMode other) {
        return compareTo(other) >= 0;
    }
}
