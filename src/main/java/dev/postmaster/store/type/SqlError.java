package dev.postmaster.store.type;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;

/** Short words for the errors a client causes. */
public final class SqlError {
    private SqlError() {}

    /** An ERROR for the client. */
    public static ReportException of(SqlState state, String message) {
        return new ReportException(Report.of(Severity.ERROR, state, message));
    }

    /** An ERROR that points into the client's text. */
    public static ReportException at(SqlState state, String message, int position) {
        return new ReportException(Report.of(Severity.ERROR, state, message).withPosition(position));
    }

    static ReportException invalidInput(PgType type, String text) {
        return of(
                SqlState.INVALID_TEXT_REPRESENTATION,
                "invalid input syntax for type " + type.sqlName() + ": \"" + text + "\"");
    }

    static ReportException outOfRange(PgType type) {
        return of(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, type.sqlName() + " out of range");
    }
}
