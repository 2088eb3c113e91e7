package dev.postmaster.child.backend;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The few timers of a backend, one for each {@link Id} (timeout.c). Handlers run on one thread, {@code timeouts}, which
 * is started when it is first needed; they must be short.
 *
 * <p>Nearly every timer is forgotten long before its time. So the thread is woken only for one that is due before all
 * others, and finds out by itself, at the time it had in mind, that it was waiting for nothing.
 */
final class Timeouts {
    private static final long LONGEST_SLEEP_NANOS = Duration.ofDays(1).toNanos();

    /** What is timed. */
    enum Id {
        /** The startup packet and the authentication, together. */
        AUTHENTICATION,
        /** One statement. */
        STATEMENT,
        /** The next look at a session that was told to stop. */
        INSIST
    }

    /** {@code deadline}: as of {@link System#nanoTime}. */
    private record Timer(Id id, long deadline, Runnable handler) {}

    private final Map<Id, Timer> timers = new EnumMap<>(Id.class);
    private @Nullable Thread thread;
    /** When the thread looks at the timers by itself, as of {@link System#nanoTime}; of no meaning while it is awake. */
    private long wakesAt;

    /** Runs {@code handler} once after {@code delay}, in place of what this timer was to do. */
    synchronized void enable(Id id, Duration delay, Runnable handler) {
        long deadline = System.nanoTime() + delay.toNanos();
        timers.put(id, new Timer(id, deadline, handler));
        if (thread == null) {
            thread = Thread.ofPlatform().name("timeouts").daemon().start(this::run);
        }
        if (deadline - wakesAt < 0) {
            notifyAll();
        }
    }

    /** Forgets them all. */
    synchronized void disableAll() {
        timers.clear();
    }

    /** A handler that is running by now goes on. */
    synchronized void disable(Id id) {
        timers.remove(id);
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
            Timer next = next();
            long now = System.nanoTime();
            if (next != null && next.deadline - now <= 0) {
                timers.remove(next.id);
                return next.handler;
            }
            wakesAt = next == null ? now + LONGEST_SLEEP_NANOS : next.deadline;
            long left = wakesAt - now;
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }

    private @Nullable Timer next() {
        Timer next = null;
        for (Timer timer : timers.values()) {
            if (next == null || timer.deadline - next.deadline < 0) {
                next = timer;
            }
        }
        return next;
    }
}
