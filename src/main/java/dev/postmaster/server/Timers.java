package dev.postmaster.server;

import dev.postmaster.core.PmEvent;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
    private final Map<PmEvent, Long> set = new HashMap<>();

    /** @param loop takes the event of a timer that runs out */
    Timers(Vertx vertx, Consumer<PmEvent> loop) {
        this.vertx = vertx;
        this.loop = loop;
    }

    /** Posts this event after the delay; a timer that runs for it already starts anew. */
    void set(PmEvent event, Duration delay) {
        cancel(event);
        // Vert.x knows no timer that runs out at once.
        set.put(event, vertx.setTimer(Math.max(1, delay.toMillis()), id -> {
            set.remove(event, id);
            loop.accept(event);
        }));
    }

    void cancel(PmEvent event) {
        Long id = set.remove(event);
        if (id != null) {
            vertx.cancelTimer(id);
        }
    }

    /** Runs {@code duty} again and again, for as long as the loop lives. */
    void every(Duration period, Runnable duty) {
        vertx.setPeriodic(period.toMillis(), id -> duty.run());
    }
}
