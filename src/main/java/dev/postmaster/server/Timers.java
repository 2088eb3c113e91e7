package dev.postmaster.server;

import dev.postmaster.core.PmEvent;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The loop's clock: one timer for each event, and its duties that come round. Called on the loop. */
@OnLoop
final class Timers implements Clockwork {
    /** SIGKILL for whoever ignored SIGQUIT: SIGKILL_CHILDREN_AFTER_SECS of postmaster.c (PM-47). */
    static final Duration KILL = Duration.ofSeconds(5);

    /** The archiver's pause between two starts: PGARCH_RESTART_INTERVAL of pgarch.c (CK-14). */
    static final Duration ARCHIVER = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final PostmasterLoop loop;
    private final Consumer<PmEvent> events;
    private final Map<PmEvent.TimeIsUp, Running> running = new HashMap<>();

    private record Running(long id, Instant due) {}

    /**
     * @param loop runs the duties: what they throw must not be lost
     * @param events takes the event of a timer that runs out
     */
    Timers(Vertx vertx, PostmasterLoop loop, Consumer<PmEvent> events) {
        this.vertx = vertx;
        this.loop = loop;
        this.events = events;
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public void set(PmEvent.TimeIsUp event, Duration delay) {
        cancel(event);
        // Vert.x knows no timer that runs out at once.
        long id = vertx.setTimer(Math.max(1, delay.toMillis()), ended -> {
            running.remove(event);
            events.accept(event);
        });
        running.put(event, new Running(id, instant().plus(delay)));
    }

    @Override
    public void cancel(PmEvent.TimeIsUp event) {
        Running timer = running.remove(event);
        if (timer != null) {
            vertx.cancelTimer(timer.id());
        }
    }

    /** What comes next, and when. */
    Optional<Map.Entry<PmEvent.TimeIsUp, Instant>> next() {
        return running.entrySet().stream()
                .map(timer -> Map.entry(timer.getKey(), timer.getValue().due()))
                .min(Comparator.comparing(Map.Entry::getValue));
    }

    @Override
    public void once(Duration delay, Runnable duty) {
        vertx.setTimer(Math.max(1, delay.toMillis()), id -> loop.run(duty));
    }

    /** Runs {@code duty} again and again, for as long as the loop lives. */
    void every(Duration period, Runnable duty) {
        vertx.setPeriodic(period.toMillis(), id -> loop.run(duty));
    }
}
