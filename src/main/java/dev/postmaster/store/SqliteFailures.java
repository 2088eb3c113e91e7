package dev.postmaster.store;

import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.core.Codes;

/** SQLite's failures that hang on no statement: the file, the disk, the locks. */
final class SqliteFailures {
    /** Missing among the driver's constants. */
    private static final int SQLITE_NOTADB = 26;

    private SqliteFailures() {}

    static SQLiteErrorCode code(SQLException failure) {
        return failure instanceof SQLiteException e ? e.getResultCode() : SQLiteErrorCode.SQLITE_ERROR;
    }

    /** SQLite's own sentence, without the driver's wrapping: {@code [CODE] description (sentence)}. */
    static String sentence(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        String prefix = code(failure) + " (";
        return message.startsWith(prefix) && message.endsWith(")")
                ? message.substring(prefix.length(), message.length() - 1)
                : message;
    }

    /** A report for whatever went wrong outside a client's statement. */
    static Report report(SQLException failure) {
        return Report.of(Severity.ERROR, state(failure), sentence(failure));
    }

    /** The SQLSTATE of the primary code; the low byte of SQLite's extended ones. */
    static SqlState state(SQLException failure) {
        return switch (code(failure).code & 0xFF) {
            case Codes.SQLITE_PERM, Codes.SQLITE_AUTH -> SqlState.INSUFFICIENT_PRIVILEGE;
            case Codes.SQLITE_ABORT -> SqlState.SERIALIZATION_FAILURE;
            case Codes.SQLITE_BUSY, Codes.SQLITE_LOCKED, Codes.SQLITE_PROTOCOL -> SqlState.LOCK_NOT_AVAILABLE;
            case Codes.SQLITE_NOMEM -> SqlState.OUT_OF_MEMORY;
            case Codes.SQLITE_READONLY -> SqlState.READ_ONLY_SQL_TRANSACTION;
            case Codes.SQLITE_INTERRUPT -> SqlState.QUERY_CANCELED;
            case Codes.SQLITE_IOERR, Codes.SQLITE_CANTOPEN -> SqlState.IO_ERROR;
            case Codes.SQLITE_CORRUPT, SQLITE_NOTADB -> SqlState.DATA_CORRUPTED;
            case Codes.SQLITE_FULL -> SqlState.DISK_FULL;
            case Codes.SQLITE_SCHEMA -> SqlState.FEATURE_NOT_SUPPORTED;
            case Codes.SQLITE_TOOBIG -> SqlState.PROGRAM_LIMIT_EXCEEDED;
            case Codes.SQLITE_CONSTRAINT -> SqlState.INTEGRITY_CONSTRAINT_VIOLATION;
            case Codes.SQLITE_MISMATCH -> SqlState.DATATYPE_MISMATCH;
            default -> SqlState.INTERNAL_ERROR;
        };
    }
}
