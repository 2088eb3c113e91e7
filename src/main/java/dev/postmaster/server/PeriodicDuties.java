package dev.postmaster.server;

import dev.postmaster.core.PmEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** What the postmaster does because time has passed, and not because something has happened (ServerLoop of postmaster.c). */
@OnLoop
final class PeriodicDuties {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration LOCK_FILE_CHECK = Duration.ofMinutes(1);
    private static final Duration SPARE_PERIOD = Duration.ofSeconds(10);
    private static final Duration SOCKET_TOUCH = Duration.ofMinutes(58);

    private final Timers timers;
    private final Foundation foundation;
    private final Consumer<PmEvent> events;

    /** @param events takes what the clock has to tell the rules */
    PeriodicDuties(Timers timers, Foundation foundation, Consumer<PmEvent> events) {
        this.timers = timers;
        this.foundation = foundation;
        this.events = events;
    }

    /** Sets the timers going. */
    void begin(Runnable heartbeat, ServiceManager serviceManager) {
        timers.every(HEARTBEAT, heartbeat);
        timers.every(LOCK_FILE_CHECK, this::checkLockFile);
        timers.every(SPARE_PERIOD, () -> events.accept(new PmEvent.SparePeriodOver()));
        timers.every(SOCKET_TOUCH, () -> foundation.unix().touch(Instant.now()));
        serviceManager.watchdogPeriod().ifPresent(period -> timers.every(period, serviceManager::alive));
    }

    private void checkLockFile() {
        if (!foundation.lockFile().isStillOurs()) {
            events.accept(new PmEvent.LockFileInvalid());
        }
    }
}
