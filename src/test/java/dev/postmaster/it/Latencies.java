package dev.postmaster.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long it took after each crash until something was as before, and how often that was later than promised. */
final class Latencies {
    private static final Duration PROMISE = Duration.ofSeconds(2);

    private final String what;
    private final List<Duration> times = new ArrayList<>();

    /** @param what is so again, in a word */
    Latencies(String what) {
        this.what = what;
    }

    /** One more; what is to be said of it. */
    String add(Duration time) {
        times.add(time);
        return what + " again after " + time.toMillis() + " ms" + (isLate(time) ? ", later than promised" : "");
    }

    private static boolean isLate(Duration time) {
        return time.compareTo(PROMISE) > 0;
    }

    @Override
    public String toString() {
        if (times.isEmpty()) {
            return what + " always";
        }
        List<Long> sorted = times.stream().map(Duration::toMillis).sorted().toList();
        long late = times.stream().filter(Latencies::isLate).count();
        return what + " again after " + sorted.get(sorted.size() / 2) + " ms in the middle of " + times.size()
                + " crashes, " + sorted.getLast() + " ms at most, " + late + " later than " + PROMISE.toMillis()
                + " ms";
    }
}
