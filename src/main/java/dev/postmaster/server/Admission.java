package dev.postmaster.server;

/** What became of a client that the core admitted. */
enum Admission {
    /** A process has it. */
    SERVED,
    /** It went away before it could be served. */
    LEFT,
    /** Its address has as many sessions as it may. */
    OVER_SOURCE_LIMIT,
    /** There was no process for it, and it was told so. */
    NOT_LAUNCHED
}
