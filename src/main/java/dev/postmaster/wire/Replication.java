package dev.postmaster.wire;

/** What the startup parameter {@code replication} asks for (CL-18). */
public enum Replication {
    /** An ordinary session. */
    NONE,
    /** A walsender without a database. */
    PHYSICAL,
    /** A walsender connected to a database. */
    LOGICAL
}
