package dev.postmaster.core.worker;

import java.time.Duration;

/**
 * When a worker that has ended is started again.
 *
 * @param interval the pause after a failure (bgw_restart_time, BW-4), or {@link #NEVER}
 * @param longest the pause doubles with every failure within the window, up to this; zero is no doubling
 * @param limit failures within the window that are forgiven; after the next it is given up; 0 is no limit
 * @param window how long a failure counts
 * @param afterSuccess whether it is also started again after exit status 0, which for PostgreSQL means "done" (BW-21)
 */
public record RestartTerms(Duration interval, Duration longest, int limit, Duration window, boolean afterSuccess) {
    /** The interval of a worker that is started once (BGW_NEVER_RESTART). */
    public static final Duration NEVER = Duration.ofSeconds(-1);

    /** A failed launch is not repeated faster than this, whatever the interval: the machine is short of something. */
    static final Duration AFTER_FAILED_LAUNCH = Duration.ofSeconds(1);

    /** Doubling beyond this reaches any ceiling. */
    private static final int MOST_DOUBLINGS = 30;

    /** PostgreSQL's terms: the same interval for ever. */
    public static RestartTerms every(Duration interval) {
        return new RestartTerms(interval, Duration.ZERO, 0, Duration.ofMinutes(1), false);
    }

    boolean isNever() {
        return interval.isNegative();
    }

    /** The pause after so many failures within the window, at least one. */
    Duration pause(int failures) {
        if (longest.compareTo(interval) <= 0) {
            return interval;
        }
        Duration doubled = interval.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    boolean isTooMany(int failures) {
        return limit > 0 && failures > limit;
    }

    /** How many failures have to be remembered to decide. */
    int memory() {
        return Math.max(limit + 1, MOST_DOUBLINGS);
    }
}
