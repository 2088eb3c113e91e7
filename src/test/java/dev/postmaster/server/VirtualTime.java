package dev.postmaster.server;

import dev.postmaster.core.PmEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A clock that goes on when a test says so, and rings in the right order then. */
final class VirtualTime implements Clockwork {
    private final Map<PmEvent.TimeIsUp, Instant> events = new HashMap<>();
    private final List<Duty> duties = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");

    private record Duty(Instant due, Runnable work) {}

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void set(PmEvent.TimeIsUp event, Duration delay) {
        events.put(event, now.plus(delay));
    }

    @Override
    public void cancel(PmEvent.TimeIsUp event) {
        events.remove(event);
    }

    @Override
    public void once(Duration delay, Runnable duty) {
        duties.add(new Duty(now.plus(delay), duty));
    }

    /** When this event is due. */
    Optional<Instant> due(PmEvent.TimeIsUp event) {
        return Optional.ofNullable(events.get(event));
    }

    /** Lets time pass; duties are done on the way, each at its time. Events are the test's business. */
    void pass(Duration time) {
        Instant end = now.plus(time);
        Optional<Duty> next = nextBy(end);
        while (next.isPresent()) {
            duties.remove(next.get());
            now = next.get().due();
            next.get().work().run();
            next = nextBy(end);
        }
        now = end;
    }

    private Optional<Duty> nextBy(Instant end) {
        return duties.stream().filter(duty -> !duty.due().isAfter(end)).min(Comparator.comparing(Duty::due));
    }
}
