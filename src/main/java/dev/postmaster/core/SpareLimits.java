package dev.postmaster.core;

/**
 * How many backends may wait for clients ahead of time.
 *
 * @param min so many at least ({@code spares_min})
 * @param max so many at most ({@code spares_max}); with 0 every client gets a backend launched for it
 * @param startingAtOnce so many start at a time, because more would only take the processors from each other
 */
public record SpareLimits(int min, int max, int startingAtOnce) {
    /** No spares. */
    public static final SpareLimits NONE = new SpareLimits(0, 0, 0);

    public SpareLimits {
        if (min < 0 || min > max || startingAtOnce < Math.min(1, max)) {
            throw new IllegalArgumentException(
                    "spares from " + min + " to " + max + ", " + startingAtOnce + " at once");
        }
    }

    int clamp(int spares) {
        return Math.clamp(spares, min, max);
    }
}
