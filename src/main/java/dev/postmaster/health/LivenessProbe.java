package dev.postmaster.health;

import dev.postmaster.server.StatusBoard;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Up while the loop's heartbeat is fresh, whatever the database does: only a stuck supervisor is worth a restart. */
@Liveness
@ApplicationScoped
public class LivenessProbe implements HealthCheck {
    private final StatusBoard board;

    LivenessProbe(StatusBoard board) {
        this.board = board;
    }

    @Override
    public HealthCheckResponse call() {
        return Answers.of("postmaster live", board.isLoopAlive(Instant.now()), board.snapshot());
    }
}
