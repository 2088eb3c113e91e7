package dev.postmaster.config;

/** What the postmaster's own children serve ({@code cluster}). */
public enum ClusterKind {
    /** Databases of SQLite. */
    SQLITE,
    /** Nothing: there are only programs, and the data directory is just a directory. */
    NONE
}
