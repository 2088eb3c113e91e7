package dev.postmaster.config;

import java.util.ArrayList;
import java.util.List;

/** What settings must hold together (PM-1 step 8, PM-59). */
final class SettingRules {
    private SettingRules() {}

    static List<String> violations(Settings settings) {
        List<String> violations = new ArrayList<>();
        int connections = settings.get(Guc.MAX_CONNECTIONS);
        int reserved = settings.get(Guc.SUPERUSER_RESERVED_CONNECTIONS);
        if (reserved >= connections) {
            violations.add("superuser_reserved_connections (" + reserved + ") must be less than max_connections ("
                    + connections + ")");
        }
        long backends = 1L
                + connections
                + settings.get(Guc.AUTOVACUUM_MAX_WORKERS)
                + settings.get(Guc.MAX_WORKER_PROCESSES)
                + settings.get(Guc.MAX_WAL_SENDERS);
        if (backends > Guc.MAX_BACKENDS) {
            violations.add("too many backends configured (" + backends + ", at most " + Guc.MAX_BACKENDS + ")");
        }
        return violations;
    }
}
