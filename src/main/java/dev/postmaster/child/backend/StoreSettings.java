package dev.postmaster.child.backend;

import dev.postmaster.config.Guc;
import dev.postmaster.config.SynchronousCommit;
import dev.postmaster.store.Store;
import dev.postmaster.store.StoreOptions;
import dev.postmaster.store.TransactionStatus;
import java.time.Duration;

/**
 * Brings the settings that the store must know to the store, before the next statement runs. How durable commits are can
 * change between transactions only: what is set within one holds from the next.
 */
final class StoreSettings {
    private final Store store;
    private final SessionSettings settings;
    private SettingValues seen;
    private boolean synchronousCommit;
    private Duration lockTimeout;

    /** {@code store}: opened with the present settings. */
    StoreSettings(Store store, SessionSettings settings) {
        this.store = store;
        this.settings = settings;
        this.seen = settings.current();
        this.synchronousCommit = synchronousCommit(seen);
        this.lockTimeout = lockTimeout(seen);
    }

    @SuppressWarnings("ReferenceEquality") // the same snapshot: nothing was set
    void apply() {
        SettingValues now = settings.current();
        if (now == seen) {
            return;
        }
        if (!lockTimeout.equals(lockTimeout(now))) {
            lockTimeout = lockTimeout(now);
            store.setLockTimeout(millis(lockTimeout));
        }
        boolean wanted = synchronousCommit(now);
        if (synchronousCommit != wanted) {
            if (store.transactionStatus() != TransactionStatus.IDLE) {
                return;
            }
            synchronousCommit = wanted;
            store.setSynchronousCommit(wanted);
        }
        seen = now;
    }

    static boolean synchronousCommit(SettingValues values) {
        return values.server().get(Guc.SYNCHRONOUS_COMMIT) != SynchronousCommit.OFF;
    }

    private static Duration lockTimeout(SettingValues values) {
        return values.server().get(Guc.LOCK_TIMEOUT);
    }

    /** In milliseconds. */
    static int lockTimeoutMillis(SettingValues values) {
        return millis(lockTimeout(values));
    }

    /** Zero means no limit to a client; the store's own limit then keeps a stuck writer from stopping all others. */
    private static int millis(Duration timeout) {
        return timeout.isZero() ? StoreOptions.DEFAULT_LOCK_TIMEOUT_MILLIS : Math.toIntExact(timeout.toMillis());
    }
}
