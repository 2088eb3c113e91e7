package dev.postmaster.core;

import java.time.Duration;

/**
 * How patient the postmaster is with what does not stay up.
 *
 * @param childLimit setbacks of one kind of child in a row before the system starts over; 0 is no limit
 *     ({@code child_restart_limit})
 * @param crashLimit crashes in a row before the postmaster gives up; 0 is no limit ({@code crash_restart_limit})
 * @param longestPause between two launches of a kind ({@code restart_pause_max})
 * @param healthyAfter how long nothing may go wrong until the setbacks are forgotten ({@code restart_healthy_after})
 */
public record RestartPolicy(int childLimit, int crashLimit, Duration longestPause, Duration healthyAfter) {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /** With this many doublings every pause is the longest. */
    private static final int ENOUGH = 20;

    /**
     * The pause after the n-th setback in a row: none at first, then one second, doubled each time up to the longest, and
     * of that between half and all, lest many who failed together try again together.
     *
     * @param setbacks from 1
     * @param chance from 0 to 1
     */
    Duration pause(int setbacks, double chance) {
        if (setbacks <= 1) {
            return Duration.ZERO;
        }
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(setbacks - 2, ENOUGH));
        Duration whole = doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
        return Duration.ofMillis((long) (whole.toMillis() * (1 + chance) / 2));
    }

    /** The same for a kind that everybody waits for when it is not there: it never becomes longer than the first one. */
    Duration shortPause(int setbacks, double chance) {
        return pause(Math.min(setbacks, 2), chance);
    }

    /** No count has to grow beyond this one. */
    int mostSetbacks() {
        return childLimit == 0 ? ENOUGH : childLimit + 1;
    }

    boolean isTooMany(int setbacks) {
        return childLimit > 0 && setbacks > childLimit;
    }

    boolean isLastCrash(int crashes) {
        return crashLimit > 0 && crashes >= crashLimit;
    }
}
