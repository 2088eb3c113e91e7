package dev.postmaster.server;

import dev.postmaster.core.PmEvent.Crowd;
import dev.postmaster.os.Pid;
import dev.postmaster.report.Log;
import dev.postmaster.shmem.ChildSlot;
import dev.postmaster.shmem.SlotState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Clients that were given a backend and stop in the middle of TLS or of the proof of their password. Each of them holds one
 * of the {@code max_connections} for up to {@code authentication_timeout}; when somebody else would be refused for lack of
 * room, they go, the oldest first (decision 0175).
 */
@OnLoop
final class Loiterers {
    /** So long nobody is hurried: a client that is a program needs a few milliseconds, and a round trip or two. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ChildRegistry registry;
    private final SignalSender signals;
    private final int seats;
    private final InstantSource clock;
    private final Log log;

    /** Those that were told to go, by pid, and since when each of them had its client. */
    private final Map<Integer, Instant> leaving = new HashMap<>();

    /** @param seats how many clients there can be: while some are free nobody needs to be looked at */
    Loiterers(ChildRegistry registry, SignalSender signals, int seats, InstantSource clock, Log log) {
        this.registry = registry;
        this.signals = signals;
        this.seats = seats;
        this.clock = clock;
        this.log = log;
    }

    /** Who is in the way of a client that has this place in line, from 1. */
    Crowd before(int place) {
        if (registry.guests().size() + place <= seats) {
            return Crowd.NONE;
        }
        leaving.entrySet().removeIf(left -> !isStillThere(left.getKey(), left.getValue()));
        return new Crowd(found().size(), leaving.size());
    }

    /** Ends the backend of the one that came first. */
    void evict() {
        found().stream()
                .min(Comparator.comparing(Map.Entry::getValue, Comparator.comparing(ChildRegistry.Guest::came)))
                .ifPresent(oldest -> {
                    int backend = oldest.getKey();
                    leaving.put(backend, oldest.getValue().came());
                    log.log("client " + oldest.getValue().source() + " of process " + backend
                            + " has not authenticated in time to keep its place from others; terminating it");
                    signals.terminate(new Pid(backend));
                });
    }

    private List<Map.Entry<Integer, ChildRegistry.Guest>> found() {
        Instant late = clock.instant().minus(PATIENCE);
        return registry.guests().entrySet().stream()
                .filter(guest -> guest.getValue().came().isBefore(late))
                .filter(guest -> !leaving.containsKey(guest.getKey()))
                .filter(guest -> isAuthenticating(guest.getKey()))
                .toList();
    }

    /** A backend activates its slot for a session, and for nothing before; one that is only being born says no pid. */
    private boolean isAuthenticating(int backend) {
        return registry.find(backend)
                .map(registry::slotOf)
                .filter(slot -> slot.state() == SlotState.ASSIGNED)
                .map(ChildSlot::pid)
                .filter(pid -> pid == backend)
                .isPresent();
    }

    private boolean isStillThere(int backend, Instant came) {
        return registry.guestOf(backend)
                .filter(guest -> guest.came().equals(came))
                .isPresent();
    }
}
