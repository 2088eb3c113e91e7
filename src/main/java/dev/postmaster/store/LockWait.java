package dev.postmaster.store;

import org.sqlite.BusyHandler;

/**
 * How a statement waits for another writer. SQLite's own wait cannot be interrupted; this one can, and it remembers
 * whether anybody waited, which tells a timeout from a conflict that no waiting would solve.
 */
final class LockWait extends BusyHandler {
    private static final int MOST_MILLIS_AT_ONCE = 25;

    private int timeoutMillis;
    private boolean waited;
    private long deadline;
    private boolean interrupted;

    LockWait(int timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
    }

    void setTimeout(int millis) {
        timeoutMillis = millis;
    }

    /** A new statement starts; an interrupt meant for an earlier one is over. */
    synchronized void begin() {
        waited = false;
        interrupted = false;
    }

    boolean waited() {
        return waited;
    }

    /** Ends a wait; any thread may call it. */
    synchronized void interrupt() {
        interrupted = true;
        notifyAll();
    }

    /** Sleeps until the time is over or somebody interrupts; tells whether it slept to the end. */
    synchronized boolean sleep(long nanos) {
        long end = System.nanoTime() + nanos;
        try {
            for (long left = nanos; left > 0 && !interrupted; left = end - System.nanoTime()) {
                wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !interrupted;
    }

    /** Asked by SQLite when a lock is taken: 0 gives up, anything else tries again. */
    @Override
    protected int callback(int attempts) {
        long now = System.nanoTime();
        if (!waited || attempts == 0) {
            waited = true;
            deadline = now + timeoutMillis * 1_000_000L;
        }
        if (now >= deadline) {
            return 0;
        }
        long pause = Math.min(1 + attempts, MOST_MILLIS_AT_ONCE) * 1_000_000L;
        return sleep(Math.min(pause, deadline - now)) ? 1 : 0;
    }
}
