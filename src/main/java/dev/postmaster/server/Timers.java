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
final class Timers {
    /** SIGKILL for whoever ignored SIGQUIT: SIGKILL_CHILDREN_AFTER_SECS of postmaster.c (PM-47). */
    static final Duration KILL = Duration.ofSeconds(5);

    /** The archiver's pause between two starts: PGARCH_RESTART_INTERVAL of pgarch.c (CK-14). */
    static final Duration ARCHIVER = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Consumer<PmEvent> loop;
    private final Map<PmEvent, Running> set = new HashMap<>();

    private record Running(long id, Instant end) {}

    /** @param loop takes the event of a timer that runs out */
    Timers(Vertx vertx, Consumer<PmEvent> loop) {
        this.vertx = vertx;
        this.loop = loop;
    }

    /** Posts this event after the delay; a timer that runs for it already starts anew. */
    void set(PmEvent event, Duration delay) {
        cancel(event);
        // Vert.x knows no timer that runs out at once.
        long timer = vertx.setTimer(Math.max(1, delay.toMillis()), id -> {
            set.remove(event);
            loop.accept(event);
        });
        set.put(event, new Running(timer, Instant.now().plus(delay)));
    }

    void cancel(PmEvent event) {
        Running running = set.remove(event);
        if (running != null) {
            vertx.cancelTimer(running.id());
        }
    }

    /** The event that a timer posts next, and when. */
    Optional<Map.Entry<PmEvent, Instant>> next() {
        return set.entrySet().stream()
                .map(timer -> Map.entry(timer.getKey(), timer.getValue().end()))
                .min(Comparator.comparing(Map.Entry::getValue));
    }

    /** Runs {@code duty} again and again, for as long as the loop lives. */
    void every(Duration period, Runnable duty) {
        vertx.setPeriodic(period.toMillis(), id -> duty.run());
    }
}
