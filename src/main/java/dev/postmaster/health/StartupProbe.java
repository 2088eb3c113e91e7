package dev.postmaster.health;

import dev.postmaster.core.PmState;
import dev.postmaster.server.PmSnapshot;
import dev.postmaster.server.StatusBoard;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Up once the sockets listen and recovery is under way: a database that merely recovers must not be killed. */
@Startup
@ApplicationScoped
public class StartupProbe implements HealthCheck {
    private final StatusBoard board;

    StartupProbe(StatusBoard board) {
        this.board = board;
    }

    @Override
    public HealthCheckResponse call() {
        PmSnapshot pm = board.snapshot();
        return Answers.of("postmaster started", pm.state() != PmState.INIT, pm);
    }
}
