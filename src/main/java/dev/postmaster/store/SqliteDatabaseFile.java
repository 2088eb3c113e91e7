package dev.postmaster.store;

import java.nio.file.Path;

/** A database file over xerial's SQLite. */
@SuppressWarnings("DoNotCallSuggester")
final class SqliteDatabaseFile {
    private SqliteDatabaseFile() {}

    static DatabaseFile open(Path file, int lockTimeoutMillis) {
        throw new UnsupportedOperationException(file + " " + lockTimeoutMillis);
    }

    static void create(Path file) {
        throw new UnsupportedOperationException(file.toString());
    }

    static void drop(Path file) {
        throw new UnsupportedOperationException(file.toString());
    }
}
