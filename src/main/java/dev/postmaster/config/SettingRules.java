package dev.postmaster.config;

import java.util.List;

/** What settings must hold together (PM-59). */
final class SettingRules {
    private SettingRules() {}

    /** One sentence for each rule that these settings break. */
    static List<String> violations(Settings settings) {
        long backends = 1L
                + settings.get(Guc.MAX_CONNECTIONS)
                + settings.get(Guc.AUTOVACUUM_MAX_WORKERS)
                + settings.get(Guc.MAX_WORKER_PROCESSES)
                + settings.get(Guc.MAX_WAL_SENDERS);
        return backends <= Guc.MAX_BACKENDS
                ? List.of()
                : List.of("too many backends configured (" + backends + ", at most " + Guc.MAX_BACKENDS + ")");
    }
}
