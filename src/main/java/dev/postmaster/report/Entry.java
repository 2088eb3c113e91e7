package dev.postmaster.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A report about to be written: what the forms make their records of.
 *
 * @param location null unless places are wanted
 */
record Entry(
        Report report,
        LogSource source,
        LogFormat format,
        Instant at,
        @Nullable Location location) {

    /** PostgreSQL prints all five debug levels alike. */
    String severity() {
        return report.severity().compareTo(Severity.LOG) < 0
                ? "DEBUG"
                : report.severity().name();
    }

    String sqlState() {
        return report.sqlState().code();
    }

    /** Null also for a report that is not grave enough to show the statement. */
    @Nullable
    String statement() {
        return report.severity().passesServerFilter(format.minErrorStatement()) ? report.statement() : null;
    }

    String time() {
        return LogTime.millis(at, format.zone());
    }

    String sessionStart() {
        return LogTime.seconds(source.startedAt(), format.zone());
    }
}
