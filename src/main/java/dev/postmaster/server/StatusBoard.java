package dev.postmaster.server;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last snapshot of the postmaster, for other threads: asking it never touches the loop, so that a probe is answered
 * also when the loop is busy, and can tell when it is stuck.
 */
@ApplicationScoped
public class StatusBoard {
    /** How long the loop may be silent before it counts as stuck; it beats once a second. */
    private static final Duration STALE = Duration.ofSeconds(20);

    private volatile PmSnapshot snapshot = PmSnapshot.initial(Instant.now());

    /** Null before the loop begins. */
    private volatile @Nullable Bulletin bulletin;

    /** The state as of the loop's last heartbeat or change. */
    public PmSnapshot snapshot() {
        return snapshot;
    }

    /** All else that the postmaster tells, as of the same time; empty before the loop begins. */
    public Optional<Bulletin> bulletin() {
        return Optional.ofNullable(bulletin);
    }

    /** Whether the loop has beaten lately. */
    public boolean isLoopAlive(Instant now) {
        return snapshot.heartbeat().plus(STALE).isAfter(now);
    }

    /** By the loop only. */
    void publish(PmSnapshot current) {
        snapshot = current;
    }

    /** By the loop only. */
    void post(Bulletin latest) {
        bulletin = latest;
    }
}
