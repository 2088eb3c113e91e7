package dev.postmaster.store;

import dev.postmaster.report.FileErrors;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.SqlError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The databases of a cluster: the files {@code <name>.db} of its {@code base} directory. */
public final class Databases {
    private static final String SUFFIX = ".db";

    /** What stands in the way of a name: another directory, a hidden file, xerial's pragmas after a question mark. */
    private static final String FORBIDDEN = "/?\0";

    /** Names longer than this PostgreSQL cuts off (NAMEDATALEN). */
    private static final int LONGEST_NAME = 63;

    /** Half of the second for which the checkpointer lets go of all databases. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Duration POLL = Duration.ofMillis(20);

    /** Fixed for the life of the file: the autovacuum worker gives free pages back piece by piece. */
    private static final String NEW_FILE_PRAGMAS = """
            PRAGMA encoding='UTF-8';
            PRAGMA auto_vacuum=INCREMENTAL;
            PRAGMA journal_mode=WAL;
            PRAGMA synchronous=FULL;
            """;

    private Databases() {}

    /** The database files in order of their names; never half-created ones. */
    public static List<Path> list(Path baseDirectory) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(baseDirectory, "[!.]*" + SUFFIX)) {
            entries.forEach(files::add);
        } catch (IOException e) {
            throw failed("could not open directory \"" + baseDirectory + "\"", e);
        }
        Collections.sort(files);
        return files;
    }

    /** The name of the database in a file of {@link #list}. */
    public static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /** The file of a database, whether or not it exists; 3D000 for a name that could leave the directory. */
    public static Path file(Path baseDirectory, String database) {
        boolean bad = database.isEmpty()
                || database.length() > LONGEST_NAME
                || database.startsWith(".")
                || database.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0);
        if (bad) {
            throw SqlError.of(SqlState.INVALID_CATALOG_NAME, "invalid database name \"" + database + "\"");
        }
        return baseDirectory.resolve(database + SUFFIX);
    }

    /** Whether a database of that name exists. */
    public static boolean exists(Path baseDirectory, String database) {
        return Files.isRegularFile(file(baseDirectory, database));
    }

    /** Makes an empty, durable database in WAL mode; 42P04 when the name is taken. */
    public static void create(Path baseDirectory, String database) {
        Path file = file(baseDirectory, database);
        Path draft = baseDirectory.resolve(
                "." + database + '.' + ProcessHandle.current().pid());
        try {
            Files.deleteIfExists(draft);
            try (Sqlite sqlite = Sqlite.create(draft)) {
                sqlite.run(NEW_FILE_PRAGMAS);
            }
            sync(draft);
            // A link, not a rename: it never replaces a database somebody else just made.
            Files.createLink(file, draft);
            Files.delete(draft);
            sync(baseDirectory);
        } catch (FileAlreadyExistsException e) {
            draft.toFile().delete();
            throw SqlError.of(SqlState.DUPLICATE_DATABASE, "database \"" + database + "\" already exists");
        } catch (IOException e) {
            throw failed("could not create file \"" + file + "\"", e);
        } catch (SQLException e) {
            throw new ReportException(SqliteFailures.report(e), e);
        }
    }

    /**
     * Removes a database and its log; 3D000 when there is none, 55006 when somebody has it open. Who is just leaving is
     * given a moment, as PostgreSQL does (CountOtherDBBackends).
     */
    public static void drop(Path baseDirectory, String database) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!removed(baseDirectory, database)) {
            if (System.nanoTime() - end > 0 || Thread.interrupted()) {
                throw SqlError.of(
                        SqlState.OBJECT_IN_USE, "database \"" + database + "\" is being accessed by other users");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** Whether nobody had it open, and it is gone now. */
    private static boolean removed(Path baseDirectory, String database) {
        Path file = file(baseDirectory, database);
        if (!Files.isRegularFile(file)) {
            throw SqlError.of(SqlState.INVALID_CATALOG_NAME, "database \"" + database + "\" does not exist");
        }
        try (Sqlite sqlite = Sqlite.open(file, 0)) {
            // Leaving WAL mode takes the whole file, which nobody gets while others have it open.
            sqlite.run("PRAGMA journal_mode=DELETE; BEGIN EXCLUSIVE");
            Files.delete(file);
            Files.deleteIfExists(Path.of(file + "-wal"));
            Files.deleteIfExists(Path.of(file + "-shm"));
            sync(baseDirectory);
            return true;
        } catch (IOException e) {
            throw failed("could not remove file \"" + file + "\"", e);
        } catch (SQLException e) {
            if (SqliteFailures.state(e) == SqlState.LOCK_NOT_AVAILABLE) {
                return false;
            }
            throw new ReportException(SqliteFailures.report(e), e);
        }
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static ReportException failed(String message, IOException cause) {
        return new ReportException(FileErrors.report(Severity.ERROR, message, cause), cause);
    }
}
