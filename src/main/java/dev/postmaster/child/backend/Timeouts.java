package dev.postmaster.child.backend;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The few timers of a backend, one for each {@link Id} (timeout.c). Handlers run on one thread, {@code timeouts}, which
 * is started when it is first needed; they must be short.
 */
final class Timeouts {
    /** What is timed. */
    enum Id {
        /** The startup packet and the authentication, together. */
        AUTHENTICATION,
        /** One statement. */
        STATEMENT,
        /** The next look at a session that was told to stop. */
        INSIST
    }

    private static final int COUNT = Id.values().length;

    private final long[] deadlines = new long[COUNT];
    private final @Nullable Runnable[] handlers = new Runnable[COUNT];
    private @Nullable Thread thread;

    /** Runs {@code handler} once after {@code delay}, in place of what this timer was to do. */
    synchronized void enable(Id id, Duration delay, Runnable handler) {
        deadlines[id.ordinal()] = System.nanoTime() + delay.toNanos();
        handlers[id.ordinal()] = handler;
        if (thread == null) {
            thread = Thread.ofPlatform().name("timeouts").daemon().start(this::run);
        }
        notifyAll();
    }

    /** A handler that is running by now goes on. */
    synchronized void disable(Id id) {
        handlers[id.ordinal()] = null;
    }

    private void run() {
        try {
            while (true) {
                takeDue().run();
            }
        } catch (InterruptedException nobodyNeedsUs) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Runnable takeDue() throws InterruptedException {
        while (true) {
            int next = next();
            if (next < 0) {
                wait();
                continue;
            }
            Runnable handler = handlers[next];
            long left = deadlines[next] - System.nanoTime();
            if (left <= 0 && handler != null) {
                handlers[next] = null;
                return handler;
            }
            wait(left / 1_000_000, (int) Math.max(0, left % 1_000_000));
        }
    }

    /** The timer that is due first, or -1. */
    private int next() {
        int next = -1;
        for (int i = 0; i < COUNT; i++) {
            if (handlers[i] != null && (next < 0 || deadlines[i] - deadlines[next] < 0)) {
                next = i;
            }
        }
        return next;
    }
}
