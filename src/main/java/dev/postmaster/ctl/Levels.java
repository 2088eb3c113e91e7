package dev.postmaster.ctl;

import dev.postmaster.report.Severity;

/** Severities as a terminal shows them. */
final class Levels {
    private Levels() {}

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
