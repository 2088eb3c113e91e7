package dev.postmaster.server;

import dev.postmaster.core.PmEvent;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** The loop's clock: one timer of each kind, and its duties that come round. Called on the loop. */
@OnLoop
final class Timers {
    /** What a timer is for; setting it again starts it afresh. */
    enum Alarm {
        /** SIGKILL for whoever ignored SIGQUIT: SIGKILL_CHILDREN_AFTER_SECS of postmaster.c (PM-47). */
        KILL(Duration.ofSeconds(5)),
        /** The archiver's pause between two starts: PGARCH_RESTART_INTERVAL of pgarch.c (CK-14). */
        ARCHIVER(Duration.ofSeconds(10)),
        /** A launch failed for want of something, and is tried again when it may have come back. */
        RELAUNCH(Duration.ofSeconds(1));

        private final Duration delay;

        Alarm(Duration delay) {
            this.delay = delay;
        }

        private PmEvent event() {
            return switch (this) {
                case KILL -> new PmEvent.KillTimerExpired();
                case ARCHIVER -> new PmEvent.ArchiverRetryDue();
                case RELAUNCH -> new PmEvent.RelaunchDue();
            };
        }
    }

    private final Vertx vertx;
    private final Consumer<PmEvent> loop;
    private final Map<Alarm, Long> set = new EnumMap<>(Alarm.class);

    /** @param loop takes the event of an alarm that goes off */
    Timers(Vertx vertx, Consumer<PmEvent> loop) {
        this.vertx = vertx;
        this.loop = loop;
    }

    void set(Alarm alarm) {
        cancel(alarm);
        set.put(alarm, vertx.setTimer(alarm.delay.toMillis(), id -> {
            set.remove(alarm, id);
            loop.accept(alarm.event());
        }));
    }

    /** Leaves a timer that runs already as it is. */
    void setUnlessRunning(Alarm alarm) {
        if (!set.containsKey(alarm)) {
            set(alarm);
        }
    }

    void cancel(Alarm alarm) {
        Long id = set.remove(alarm);
        if (id != null) {
            vertx.cancelTimer(id);
        }
    }

    /** Runs {@code duty} again and again, for as long as the loop lives. */
    void every(Duration period, Runnable duty) {
        vertx.setPeriodic(period.toMillis(), id -> duty.run());
    }
}
