package dev.postmaster.config;

/** What the backends serve: SQLite databases in the data directory, or no database at all. */
public enum Cluster {
    SQLITE,
    NONE
}
