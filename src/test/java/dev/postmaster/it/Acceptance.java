package dev.postmaster.it;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What each crash costs those who want in: how long the system accepted nobody, and how long nobody was served, from the
 * death to the first answer to anybody. Between the two, clients wait for a backend each.
 */
final class Acceptance {
    private final Latencies accepting = new Latencies("accepting");
    private final Latencies served = new Latencies("served");
    private final AtomicReference<Instant> firstServed = new AtomicReference<>(Instant.EPOCH);

    /** Nobody of the old sessions is left: who is served from now on is served again. */
    void nobodyIsServed() {
        firstServed.set(Instant.MAX);
    }

    /** A new session has had its first answer. Any thread. */
    void served() {
        firstServed.compareAndSet(Instant.MAX, Instant.now());
    }

    /**
     * Somebody is served again after a death at that time; what is to be said of it.
     *
     * @param ready when the system accepted again, if its log tells
     */
    String since(Instant death, Optional<Instant> ready) {
        String words = ready.map(at -> accepting.add(Duration.between(death, at)) + ", ")
                .orElse("");
        return words + served.add(Duration.between(death, firstServed.get()));
    }

    @Override
    public String toString() {
        return accepting + "; " + served;
    }
}
