package dev.postmaster.child;

import dev.postmaster.core.Sig;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a main loop sleeps on. Signal handlers set it with their signal; the loop takes everything that happened since it
 * last looked. Nothing is lost between two calls, equal signals coalesce, as with PostgreSQL's latch and its flags.
 */
public final class ChildLatch {
    private final EnumSet<Sig> happened = EnumSet.noneOf(Sig.class);
    private boolean set;

    /** Any thread: wakes the loop because of a signal. */
    public synchronized void set(Sig signal) {
        happened.add(signal);
        set();
    }

    /** Any thread: wakes the loop. */
    public synchronized void set() {
        set = true;
        notifyAll();
    }

    /**
     * Waits until the latch is set, at most for {@code timeout}, and resets it.
     *
     * @return the signals that set it since the last call; empty after the timeout or a plain {@link #set()}
     */
    public synchronized Set<Sig> await(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long left = timeout.toNanos();
        while (!set && left > 0) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
            left = deadline - System.nanoTime();
        }
        set = false;
        Set<Sig> signals = EnumSet.copyOf(happened);
        happened.clear();
        return signals;
    }
}
