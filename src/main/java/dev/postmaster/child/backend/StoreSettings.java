package dev.postmaster.child.backend;

import dev.postmaster.config.Guc;
import dev.postmaster.config.SynchronousCommit;
import dev.postmaster.store.Store;
import dev.postmaster.store.StoreOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Brings the settings that the store must know to the store, before the next statement runs. */
final class StoreSettings {
    private final Store store;
    private final SessionSettings settings;
    private @Nullable SettingValues applied;

    StoreSettings(Store store, SessionSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    @SuppressWarnings("ReferenceEquality") // the same snapshot: nothing was set
    void apply() {
        SettingValues now = settings.current();
        SettingValues before = applied;
        if (now == before) {
            return;
        }
        applied = now;
        if (before == null || !commit(before).equals(commit(now))) {
            store.setSynchronousCommit(commit(now) != SynchronousCommit.OFF);
        }
        if (before == null || !lockTimeout(before).equals(lockTimeout(now))) {
            store.setLockTimeout(millis(lockTimeout(now)));
        }
    }

    private static SynchronousCommit commit(SettingValues values) {
        return values.server().get(Guc.SYNCHRONOUS_COMMIT);
    }

    private static Duration lockTimeout(SettingValues values) {
        return values.server().get(Guc.LOCK_TIMEOUT);
    }

    /** Zero means no limit to a client; the store's own limit then keeps a stuck writer from stopping all others. */
    private static int millis(Duration timeout) {
        return timeout.isZero() ? StoreOptions.DEFAULT_LOCK_TIMEOUT_MILLIS : Math.toIntExact(timeout.toMillis());
    }
}
