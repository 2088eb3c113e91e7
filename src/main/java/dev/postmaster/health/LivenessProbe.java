package dev.postmaster.health;

import dev.postmaster.server.PmSnapshot;
import dev.postmaster.server.StatusBoard;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Up while the loop's heartbeat is fresh, whatever the database does: only a supervisor that is stuck is worth a restart, or
 * one that has crashed too often in a row ({@code crash_restart_limit}) and is about to give up.
 */
@Liveness
@ApplicationScoped
public class LivenessProbe implements HealthCheck {
    private final StatusBoard board;

    LivenessProbe(StatusBoard board) {
        this.board = board;
    }

    @Override
    public HealthCheckResponse call() {
        PmSnapshot pm = board.snapshot();
        return Answers.of("postmaster live", board.isLoopAlive(Instant.now()) && !pm.lastCrash(), pm);
    }
}
