package dev.postmaster.store;

import java.nio.file.Path;

/** A database file over xerial's SQLite. */
final class SqliteDatabaseFile {
    private SqliteDatabaseFile() {}

    static DatabaseFile open(Path file, int lockTimeoutMillis) {
        throw new UnsupportedOperationException(file + " " + lockTimeoutMillis);
    }
}
