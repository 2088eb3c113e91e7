package dev.postmaster.health;

import dev.postmaster.core.CacState;
import dev.postmaster.server.PmSnapshot;
import dev.postmaster.server.StatusBoard;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Up when a client would get a session. That all slots are taken does not make it go down: the sessions that are served
 * need this pod, and another one would be no better off.
 */
@Readiness
@ApplicationScoped
public class ReadinessProbe implements HealthCheck {
    private final StatusBoard board;

    ReadinessProbe(StatusBoard board) {
        this.board = board;
    }

    @Override
    public HealthCheckResponse call() {
        PmSnapshot pm = board.snapshot();
        boolean serving = pm.admission() == CacState.OK || pm.admission() == CacState.TOO_MANY;
        return Answers.of("postmaster ready", serving && board.isLoopAlive(Instant.now()), pm);
    }
}
