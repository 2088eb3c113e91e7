package dev.postmaster.child.startup;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.DatabaseFile;
import java.nio.file.Path;
import java.util.List;

/** Makes sure that a database can be used before anybody is let in. */
final class DatabaseCheck {
    /** Nobody else is there yet; only a file system that is slow to drop locks can make us wait. */
    private static final int LOCK_TIMEOUT_MILLIS = 30_000;

    private DatabaseCheck() {}

    /**
     * Opens the database, by which SQLite recovers its log.
     *
     * @param thoroughly read all of it and look for damage
     * @throws ReportException FATAL XX001 if it is damaged
     */
    static void open(Path file, boolean thoroughly) {
        try (DatabaseFile database = DatabaseFile.open(file, LOCK_TIMEOUT_MILLIS)) {
            List<String> damage = thoroughly ? database.quickCheck() : List.of();
            if (!damage.isEmpty()) {
                throw new ReportException(
                        Report.of(Severity.FATAL, SqlState.DATA_CORRUPTED, "database file \"" + file + "\" is damaged")
                                .withDetail(String.join("\n", damage)));
            }
        }
    }
}
