package dev.postmaster.it;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something the outside world does, and fails with a sentence when it does not happen in time. */
final class Deadline {
    private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

    private Deadline() {}

    static void await(String what, Duration limit, BooleanSupplier condition) {
        if (!within(limit, condition)) {
            throw new AssertionError("not within " + limit + ": " + what);
        }
    }

    /** Waits likewise; false if it did not happen. */
    static boolean within(Duration limit, BooleanSupplier condition) {
        Instant end = Instant.now().plus(limit);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
