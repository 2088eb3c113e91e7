package dev.postmaster.store;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.sql.SqliteText;
import dev.postmaster.store.sql.Translation;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.core.Codes;

/** Turns SQLite's failure of a client's statement into PostgreSQL's words, with a place in the client's text. */
final class StatementFailures {
    private final Sqlite sqlite;

    StatementFailures(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /**
     * The error for the client.
     *
     * @param text the part of the statement that failed
     * @param inTransaction whether a transaction block was open
     */
    ReportException of(SQLException failure, Translation statement, SqliteText text, boolean inTransaction) {
        SQLiteErrorCode code = SqliteFailures.code(failure);
        String sentence = SqliteFailures.sentence(failure);
        Report report =
                switch (code.code & 0xFF) {
                    case Codes.SQLITE_ERROR -> compiling(sentence, text);
                    case Codes.SQLITE_CONSTRAINT -> new ConstraintFailures(sqlite).report(code, sentence, statement);
                    case Codes.SQLITE_BUSY, Codes.SQLITE_LOCKED -> conflict(code, inTransaction);
                    case Codes.SQLITE_INTERRUPT ->
                        error(SqlState.QUERY_CANCELED, "canceling statement due to user request");
                    case Codes.SQLITE_READONLY ->
                        error(
                                SqlState.READ_ONLY_SQL_TRANSACTION,
                                "cannot execute " + statement.tag().name() + " in a read-only transaction");
                    case Codes.SQLITE_FULL ->
                        error(
                                        SqlState.DISK_FULL,
                                        "could not extend file \"" + sqlite.file() + "\": No space left on device")
                                .withHint("Check free disk space.");
                    case Codes.SQLITE_SCHEMA ->
                        error(SqlState.FEATURE_NOT_SUPPORTED, "cached plan must not change result type");
                    default -> SqliteFailures.report(failure);
                };
        return new ReportException(report, failure);
    }

    /** A stale snapshot cannot be waited for, nor can a lock while holding a snapshot; everything else was waited for. */
    private Report conflict(SQLiteErrorCode code, boolean inTransaction) {
        boolean stale = code == SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT;
        return stale || (inTransaction && !sqlite.lockWait().waited())
                ? error(SqlState.SERIALIZATION_FAILURE, "could not serialize access due to concurrent update")
                : error(SqlState.LOCK_NOT_AVAILABLE, "canceling statement due to lock timeout");
    }

    private Report compiling(String sentence, SqliteText text) {
        if (sentence.startsWith("near \"") && sentence.endsWith("\": syntax error")) {
            String near = sentence.substring(6, sentence.length() - 15);
            SqliteText.Place place = text.place(near, prefix -> failsSame(prefix, sentence));
            return error(SqlState.SYNTAX_ERROR, "syntax error at or near \"" + place.source() + "\"")
                    .withPosition(place.position());
        }
        if (sentence.equals("incomplete input")) {
            return error(SqlState.SYNTAX_ERROR, "syntax error at end of input").withPosition(text.end());
        }
        for (FailureWords words : FailureWords.ALL) {
            String name = words.nameIn(sentence);
            if (name != null) {
                return words.report(name).withPosition(text.position(name));
            }
        }
        return inserting(sentence, text);
    }

    /** Sentences with two names in them. */
    private static Report inserting(String sentence, SqliteText text) {
        String link = " has no column named ";
        int at = sentence.indexOf(link);
        if (sentence.startsWith("table ") && at > 0) {
            String column = sentence.substring(at + link.length());
            String message =
                    "column \"" + column + "\" of relation \"" + sentence.substring(6, at) + "\" does not exist";
            return error(SqlState.UNDEFINED_COLUMN, message).withPosition(text.position(column));
        }
        boolean mismatch = sentence.endsWith(" values were supplied") || sentence.contains(" values for ");
        return error(
                SqlState.SYNTAX_ERROR,
                mismatch ? "INSERT has a different number of expressions and columns" : sentence);
    }

    private boolean failsSame(String prefix, String sentence) {
        try (NativeStatement compiled = sqlite.compile(prefix)) {
            return compiled.pointer.isClosed();
        } catch (SQLException e) {
            return SqliteFailures.sentence(e).equals(sentence);
        }
    }

    static Report error(SqlState state, String message) {
        return Report.of(Severity.ERROR, state, message);
    }

    /** The function a failed compilation misses; null when it misses none. */
    static @Nullable String missingFunction(SQLException failure) {
        String sentence = SqliteFailures.sentence(failure);
        String ofStatement = "no such function: ";
        if (sentence.startsWith(ofStatement)) {
            return sentence.substring(ofStatement.length());
        }
        // What a column's default or a CHECK calls is looked up later, and missed in other words.
        String ofTable = "unknown function: ";
        return sentence.startsWith(ofTable) && sentence.endsWith("()")
                ? sentence.substring(ofTable.length(), sentence.length() - 2)
                : null;
    }
}
