package dev.postmaster.report;

import java.util.Optional;

/** How grave a message is, ascending (C-2). The names are printed as they are. */
public enum Severity {
    DEBUG5,
    DEBUG4,
    DEBUG3,
    DEBUG2,
    DEBUG1,
    LOG,
    INFO,
    NOTICE,
    WARNING,
    ERROR,
    FATAL,
    PANIC;

    /**
     * Whether a message of this severity reaches the server log. LOG is out of order there: it ranks between ERROR and
     * FATAL, so that an operator who asks for errors only still sees what the server did (C-2, elog.c
     * {@code is_log_level_output}).
     */
    public boolean passesServerFilter(Severity logMinMessages) {
        if (this == LOG) {
            return logMinMessages == LOG || logMinMessages.compareTo(FATAL) < 0;
        }
        if (logMinMessages == LOG) {
            return compareTo(FATAL) >= 0;
        }
        return compareTo(logMinMessages) >= 0;
    }

    /** The severity of that name, in any case; the log calls all five debug levels {@code DEBUG}. */
    public static Optional<Severity> named(String word) {
        if (word.equalsIgnoreCase("DEBUG")) {
            return Optional.of(DEBUG1);
        }
        for (Severity severity : values()) {
            if (severity.name().equalsIgnoreCase(word)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }

    /** The SQLSTATE of a message that names none (C-4). */
    public SqlState defaultSqlState() {
        if (compareTo(ERROR) >= 0) {
            return SqlState.INTERNAL_ERROR;
        }
        return compareTo(NOTICE) >= 0 ? SqlState.WARNING : SqlState.SUCCESSFUL_COMPLETION;
    }
}
