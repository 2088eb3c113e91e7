package dev.postmaster.child.backend;

import dev.postmaster.store.Databases;
import dev.postmaster.store.SessionFacts;
import dev.postmaster.store.Store;
import dev.postmaster.store.StoreOptions;
import java.nio.file.Path;
import java.util.function.BiFunction;

/** Real databases for a test, in a directory of its own. */
final class Stores {
    private Stores() {}

    /** Opens databases in {@code base}, where {@code shop} is created. */
    static BiFunction<String, SessionFacts, Store> in(Path base) {
        Databases.create(base, "shop");
        return (database, facts) ->
                Store.open(new StoreOptions(base, database, StoreOptions.DEFAULT_LOCK_TIMEOUT_MILLIS, true, facts));
    }
}
