package dev.postmaster.child.backend;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;

/** Short for what this package does all the time: {@code throw error(…)}. */
final class Errors {
    private Errors() {}

    static ReportException error(SqlState sqlState, String message) {
        return new ReportException(Report.of(Severity.ERROR, sqlState, message));
    }

    /** The same message as the end of the session, if it is not that or worse already (C-3). */
    static Report fatal(Report report) {
        return report.severity().compareTo(Severity.FATAL) < 0 ? report.withSeverity(Severity.FATAL) : report;
    }

    /** A message that ends the session. */
    static Report fatal(SqlState sqlState, String message) {
        return Report.of(Severity.FATAL, sqlState, message);
    }
}
