package dev.postmaster.store;

import java.nio.file.Path;

/**
 * What a session's database is opened with.
 *
 * @param baseDirectory the cluster's {@code base} directory; a database is the file {@code <name>.db} in it
 * @param database the name of the database
 * @param lockTimeoutMillis how long a statement waits for another writer, in milliseconds; PostgreSQL's
 *     {@code lock_timeout}, except that it is never endless; {@link #DEFAULT_LOCK_TIMEOUT_MILLIS} suits
 * @param synchronousCommit whether an acknowledged commit survives a power failure
 * @param readOnly whether every write fails with 25006, as on a standby
 * @param session what SQL functions may ask about the session
 */
public record StoreOptions(
        Path baseDirectory,
        String database,
        int lockTimeoutMillis,
        boolean synchronousCommit,
        boolean readOnly,
        SessionFacts session) {

    /** Long enough for a queue of writers, short enough that a client hears about a stuck one. */
    public static final int DEFAULT_LOCK_TIMEOUT_MILLIS = 5_000;

    public StoreOptions {
        if (lockTimeoutMillis < 0) {
            throw new IllegalArgumentException("negative lock timeout: " + lockTimeoutMillis);
        }
    }

    /** Options of a session that may write. */
    public StoreOptions(
            Path baseDirectory,
            String database,
            int lockTimeoutMillis,
            boolean synchronousCommit,
            SessionFacts session) {
        this(baseDirectory, database, lockTimeoutMillis, synchronousCommit, false, session);
    }
}
