package dev.postmaster.core;

/** Whom the crash of a child ends. */
public enum CrashScope {
    /** Only its own session: its slot is wiped and nobody else notices. */
    ISOLATED,
    /** Everybody: all children go and the system starts over, as in PostgreSQL (PM-43). */
    RESET
}
