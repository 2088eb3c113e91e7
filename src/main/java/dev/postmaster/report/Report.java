package dev.postmaster.report;

import org.jspecify.annotations.Nullable;

/**
 * One message with its parts, as PostgreSQL's {@code ereport} builds it.
 *
 * @param message one sentence without a full stop
 * @param detail facts of this case, in full sentences
 * @param logDetail what the log says in their place and no client may know ({@code errdetail_log}); null for the same
 * @param hint what the reader can do, in full sentences
 * @param context where in nested work it happened
 * @param statement the SQL text that was running
 * @param position character in the statement, counted from 1; 0 when unknown
 */
public record Report(
        Severity severity,
        SqlState sqlState,
        String message,
        @Nullable String detail,
        @Nullable String logDetail,
        @Nullable String hint,
        @Nullable String context,
        @Nullable String statement,
        int position) {

    public Report {
        if (position < 0) {
            throw new IllegalArgumentException("position " + position + " of: " + message);
        }
    }

    public static Report of(Severity severity, SqlState sqlState, String message) {
        return new Report(severity, sqlState, message, null, null, null, null, null, 0);
    }

    /** A message with the SQLSTATE its severity implies (C-4). */
    public static Report of(Severity severity, String message) {
        return of(severity, severity.defaultSqlState(), message);
    }

    /** The same message at another severity: an ERROR nobody handles becomes FATAL (C-3). */
    public Report withSeverity(Severity other) {
        return new Report(other, sqlState, message, detail, logDetail, hint, context, statement, position);
    }

    /** Another message, for a reader who must not see all of this one. */
    public Report withMessage(String text) {
        return new Report(severity, sqlState, text, detail, logDetail, hint, context, statement, position);
    }

    public Report withDetail(String text) {
        return new Report(severity, sqlState, message, text, logDetail, hint, context, statement, position);
    }

    public Report withLogDetail(String text) {
        return new Report(severity, sqlState, message, detail, text, hint, context, statement, position);
    }

    /** The detail as a log shows it. */
    public @Nullable String detailForLog() {
        return logDetail == null ? detail : logDetail;
    }

    public Report withHint(String text) {
        return new Report(severity, sqlState, message, detail, logDetail, text, context, statement, position);
    }

    public Report withContext(String text) {
        return new Report(severity, sqlState, message, detail, logDetail, hint, text, statement, position);
    }

    public Report withStatement(String sql) {
        return new Report(severity, sqlState, message, detail, logDetail, hint, context, sql, position);
    }

    public Report withPosition(int character) {
        return new Report(severity, sqlState, message, detail, logDetail, hint, context, statement, character);
    }
}
