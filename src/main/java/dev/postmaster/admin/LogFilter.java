package dev.postmaster.admin;

import dev.postmaster.core.ChildKind;
import dev.postmaster.report.Severity;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Which records of the log a listener wants.
 *
 * @param kind of the process, by the name that records carry: its backend type
 * @param level the least severity, from DEBUG to PANIC
 */
record LogFilter(Optional<String> kind, Optional<Integer> pid, Optional<Severity> level) {

    /** @throws Refusal 400 for a severity or a process number that is none */
    static LogFilter of(Asked asked) {
        return new LogFilter(
                asked.parameter("kind").map(kind -> ChildKind.named(kind)
                        .map(ChildKind::backendType)
                        .orElse(kind)),
                asked.parameter("pid").map(Asked::pid),
                asked.parameter("level").map(LogFilter::level));
    }

    private static Severity level(String word) {
        return Severity.named(word)
                .orElseThrow(() -> new Refusal(Problem.of(
                        400,
                        "\"" + word + "\" is no severity",
                        "say debug, log, info, notice, warning, error, fatal or panic")));
    }

    /** Whether a record is wanted; what it does not tell is no reason to want it. */
    boolean passes(JsonObject record) {
        return (kind.isEmpty() || kind.get().equals(text(record, "backend_type")))
                && (pid.isEmpty() || pid.get().toString().equals(text(record, "pid")))
                && (level.isEmpty()
                        || Severity.named(text(record, "error_severity"))
                                .filter(severity -> severity.compareTo(level.get()) >= 0)
                                .isPresent());
    }

    private static String text(JsonObject record, String field) {
        return String.valueOf(record.getValue(field));
    }
}
