package dev.postmaster.config;

/** How far a commit must have got before the client hears of it, weakest first (PostgreSQL's names). */
public enum SynchronousCommit {
    OFF,
    LOCAL,
    REMOTE_WRITE,
    ON,
    REMOTE_APPLY
}
