package dev.postmaster.server;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The loop's clock: one timer of each kind, and its duties that come round. Called on the loop. */
@OnLoop
final class Timers {
    /** What a timer is for; setting it again starts it afresh. */
    enum Alarm {
        /** SIGKILL for whoever ignored SIGQUIT (PM-47). */
        KILL,
        /** The archiver's pause between two starts (CK-14). */
        ARCHIVER,
        /** A launch failed and is tried again. */
        RELAUNCH
    }

    private final Vertx vertx;
    private final Map<Alarm, Long> set = new EnumMap<>(Alarm.class);

    Timers(Vertx vertx) {
        this.vertx = vertx;
    }

    void set(Alarm alarm, Duration delay, Runnable then) {
        cancel(alarm);
        set.put(alarm, vertx.setTimer(delay.toMillis(), id -> {
            set.remove(alarm, id);
            then.run();
        }));
    }

    /** Leaves a timer that runs already as it is. */
    void setUnlessRunning(Alarm alarm, Duration delay, Runnable then) {
        if (!set.containsKey(alarm)) {
            set(alarm, delay, then);
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
