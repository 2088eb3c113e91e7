package dev.postmaster.config;

/** What the crash of a client-facing child ends: its own session, or everybody's as in PostgreSQL. */
public enum CrashScope {
    ISOLATED,
    RESET
}
