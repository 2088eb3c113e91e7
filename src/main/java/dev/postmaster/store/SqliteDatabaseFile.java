package dev.postmaster.store;

import dev.postmaster.report.FileErrors;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database file over xerial's SQLite. */
final class SqliteDatabaseFile implements DatabaseFile {
    /** As many findings as a log wants to read. */
    private static final String CHECK = "PRAGMA quick_check(100)";

    private final Sqlite sqlite;

    private SqliteDatabaseFile(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    static DatabaseFile open(Path file, int lockTimeoutMillis) {
        if (!Files.isRegularFile(file)) {
            throw new ReportException(FileErrors.report(
                    Severity.ERROR, "could not open file \"" + file + "\"", new NoSuchFileException(file.toString())));
        }
        return attempt(() -> {
            Sqlite sqlite = Sqlite.open(file, lockTimeoutMillis);
            SqliteDatabaseFile database = new SqliteDatabaseFile(sqlite);
            sqlite.run(SqliteStore.FILE_PRAGMAS);
            return database;
        });
    }

    @Override
    public Path path() {
        return sqlite.file();
    }

    @Override
    public CheckpointResult checkpoint(CheckpointMode mode) {
        return attempt(() -> {
            try (NativeStatement checkpoint = sqlite.compile("PRAGMA wal_checkpoint(" + mode + ")")) {
                checkpoint.start();
                @Nullable Object[] row = checkpoint.row(3);
                return new CheckpointResult(number(row[0]) != 0, number(row[1]), number(row[2]));
            }
        });
    }

    private static int number(@Nullable Object value) {
        return value instanceof Long number ? number.intValue() : 0;
    }

    @Override
    public long walBytes() {
        Path log = Path.of(sqlite.file() + "-wal");
        try {
            return Files.size(log);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new ReportException(FileErrors.report(Severity.ERROR, "could not stat file \"" + log + "\"", e), e);
        }
    }

    @Override
    public List<String> quickCheck() {
        return attempt(() -> {
            List<String> findings = new ArrayList<>();
            try (NativeStatement check = sqlite.compile(CHECK)) {
                for (boolean row = check.start(); row; row = check.step()) {
                    findings.add(String.valueOf(check.row(1)[0]));
                }
            }
            return findings.equals(List.of("ok")) ? List.of() : findings;
        });
    }

    @Override
    public void backUp(Path target) {
        attempt(() -> {
            OnlineCopy.make(sqlite, target);
            return target;
        });
    }

    @Override
    public void close() {
        sqlite.closeKeepingLog();
    }

    private static <T> T attempt(SqliteStatement.SqliteWork<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw new ReportException(SqliteFailures.report(e), e);
        }
    }
}
