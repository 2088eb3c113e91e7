package dev.postmaster.config;

import java.util.ArrayList;
import java.util.List;

/** What settings must hold together (PM-59). */
final class SettingRules {
    private SettingRules() {}

    /** One sentence for each rule that these settings break. */
    static List<String> violations(Settings settings) {
        List<String> violations = new ArrayList<>();
        long backends = 1L
                + settings.get(Guc.MAX_CONNECTIONS)
                + settings.get(Guc.AUTOVACUUM_MAX_WORKERS)
                + settings.get(Guc.MAX_WORKER_PROCESSES)
                + settings.get(Guc.MAX_WAL_SENDERS);
        if (backends > Guc.MAX_BACKENDS) {
            violations.add("too many backends configured (" + backends + ", at most " + Guc.MAX_BACKENDS + ")");
        }
        ProgramChecks.environment(settings.get(Guc.BACKEND_ENVIRONMENT))
                .ifPresent(problem ->
                        violations.add(sentence(Guc.BACKEND_ENVIRONMENT, problem, ProgramChecks.VARIABLE_REMEDY)));
        ProgramChecks.limits(settings.get(Guc.BACKEND_LIMITS))
                .ifPresent(
                        problem -> violations.add(sentence(Guc.BACKEND_LIMITS, problem, ProgramChecks.LIMIT_REMEDY)));
        return violations;
    }

    private static String sentence(Setting<?> setting, String problem, String remedy) {
        return setting.name() + ": " + problem + " (" + remedy + ")";
    }
}
