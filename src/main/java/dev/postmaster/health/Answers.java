package dev.postmaster.health;

import dev.postmaster.server.PmSnapshot;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** The common form of an answer: up or down, and why. */
final class Answers {
    private Answers() {}

    static HealthCheckResponse of(String name, boolean up, PmSnapshot pm) {
        return HealthCheckResponse.named(name)
                .status(up)
                .withData("state", pm.state().name())
                .withData("pmState", pm.state().pgName())
                .withData("since", pm.since().toString())
                .withData("shutdown", pm.shutdown().name())
                .withData(
                        "clients",
                        pm.admission().message().isEmpty()
                                ? "welcome"
                                : pm.admission().message())
                .withData("sessions", pm.sessions())
                .withData("freeSlots", pm.freeSlots())
                .withData("waiting", pm.waiting())
                .withData("orphans", pm.orphans())
                .build();
    }
}
