package dev.postmaster.ctl;

import dev.postmaster.report.Severity;
import java.util.Optional;

/** Severities as the log names them. */
final class Levels {
    private Levels() {}

    /** The log calls all five debug levels alike. */
    static Optional<Severity> named(String word) {
        if (word.equals("DEBUG")) {
            return Optional.of(Severity.DEBUG1);
        }
        for (Severity severity : Severity.values()) {
            if (severity.name().equalsIgnoreCase(word)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }

    /** What makes a terminal show a record of this severity; empty for an ordinary one. */
    static String colour(Severity severity) {
        return switch (severity) {
            case PANIC, FATAL, ERROR -> "\033[31m";
            case WARNING -> "\033[33m";
            case DEBUG5, DEBUG4, DEBUG3, DEBUG2, DEBUG1 -> "\033[2m";
            case LOG, INFO, NOTICE -> "";
        };
    }
}
