package dev.postmaster.auth.role;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;

/** Short for what this package does all the time: {@code throw denied(…)}. */
final class RoleErrors {
    private RoleErrors() {}

    static ReportException error(SqlState state, String message) {
        return new ReportException(Report.of(Severity.ERROR, state, message));
    }

    static ReportException denied(String message) {
        return error(SqlState.INSUFFICIENT_PRIVILEGE, message);
    }

    static Report notice(String message) {
        return Report.of(Severity.NOTICE, SqlState.SUCCESSFUL_COMPLETION, message);
    }
}
