package dev.postmaster.store;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.Codes;
import org.sqlite.core.DB;

/** Copies an open database page by page, by SQLite's backup functions: see decision 0083. */
final class OnlineCopy {
    /** As much at a time as keeps a page cache small; one megabyte with pages of the usual size. */
    private static final int PAGES_PER_STEP = 256;

    private static final int PAUSE_MILLIS = 10;
    private static final int ATTEMPTS = 100;

    private OnlineCopy() {}

    /** Makes {@code target} what the database is now. Others write meanwhile; only the log cannot shrink. */
    static void make(Sqlite source, Path target) throws SQLException {
        // With a snapshot open the copy reads that; without one it starts over after every write of somebody else.
        source.run("BEGIN");
        try {
            source.firstRow("SELECT count(*) FROM sqlite_schema");
            DB database = source.connection().getDatabase();
            int code = database.backup("main", target.toString(), null, PAUSE_MILLIS, ATTEMPTS, PAGES_PER_STEP);
            if (code != Codes.SQLITE_OK) {
                throw DB.newSQLException(code, "while copying to \"" + target + "\"");
            }
        } finally {
            source.run("ROLLBACK");
        }
        finish(target);
    }

    /** A copy needs no log beside it, and is sound: the newest copies of a damaged database displace no good ones. */
    private static void finish(Path target) throws SQLException {
        try (Sqlite copy = Sqlite.open(target, 0)) {
            copy.run("PRAGMA journal_mode=DELETE");
            @Nullable Object @Nullable [] finding = copy.firstRow("PRAGMA quick_check(1)");
            if (finding == null || !"ok".equals(finding[0])) {
                throw new ReportException(Report.of(
                        Severity.ERROR,
                        SqlState.DATA_CORRUPTED,
                        "the copy is damaged: " + (finding == null ? "nothing to check" : finding[0])));
            }
        }
    }
}
