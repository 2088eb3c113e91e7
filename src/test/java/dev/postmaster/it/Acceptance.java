package dev.postmaster.it;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** How long nobody was served after each crash: from the death to the first answer to anybody. */
final class Acceptance {
    private static final Duration PROMISE = Duration.ofSeconds(2);

    private final List<Duration> times = new ArrayList<>();
    private final AtomicReference<Instant> firstServed = new AtomicReference<>(Instant.EPOCH);

    /** Nobody of the old sessions is left: who is served from now on is served again. */
    void nobodyIsServed() {
        firstServed.set(Instant.MAX);
    }

    /** A new session has had its first answer. Any thread. */
    void served() {
        firstServed.compareAndSet(Instant.MAX, Instant.now());
    }

    /** Somebody is served again after a death at that time; what is to be said of it. */
    String since(Instant death) {
        Duration took = Duration.between(death, firstServed.get());
        times.add(took);
        return "served again after " + took.toMillis() + " ms" + (isLate(took) ? ", later than promised" : "");
    }

    private static boolean isLate(Duration time) {
        return time.compareTo(PROMISE) > 0;
    }

    @Override
    public String toString() {
        if (times.isEmpty()) {
            return "no crash";
        }
        List<Long> sorted = times.stream().map(Duration::toMillis).sorted().toList();
        List<Duration> late = times.stream().filter(Acceptance::isLate).toList();
        return times.size() + " crashes, served again after " + sorted.get(sorted.size() / 2) + " ms in the middle, "
                + sorted.getLast() + " ms at most, " + late.size() + " of " + times.size() + " ("
                + 100 * late.size() / times.size() + " %) later than " + PROMISE.toMillis() + " ms"
                + (late.isEmpty() ? "" : ": " + late);
    }
}
