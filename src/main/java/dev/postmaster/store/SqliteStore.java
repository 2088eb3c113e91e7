package dev.postmaster.store;

/** The store over xerial's SQLite. */
@SuppressWarnings("DoNotCallSuggester")
final class SqliteStore {
    private SqliteStore() {}

    static Store open(StoreOptions options) {
        throw new UnsupportedOperationException(options.database());
    }
}
