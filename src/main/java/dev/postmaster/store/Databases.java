package dev.postmaster.store;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The databases of a cluster: the files {@code <name>.db} of its {@code base} directory. */
public final class Databases {
    private static final String SUFFIX = ".db";

    private Databases() {}

    /** The database files in order of their names; never half-created ones. */
    public static List<Path> list(Path baseDirectory) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(baseDirectory, "*" + SUFFIX)) {
            entries.forEach(files::add);
        } catch (IOException e) {
            throw new ReportException(
                    Report.of(Severity.ERROR, SqlState.IO_ERROR, "could not open directory \"" + baseDirectory + "\""),
                    e);
        }
        Collections.sort(files);
        return files;
    }

    /** The file of a database, whether or not it exists; 3D000 for a name that could leave the directory. */
    public static Path file(Path baseDirectory, String database) {
        if (database.isEmpty() || database.startsWith(".") || database.indexOf('/') >= 0 || database.indexOf(0) >= 0) {
            throw new ReportException(Report.of(
                    Severity.ERROR, SqlState.INVALID_CATALOG_NAME, "invalid database name \"" + database + "\""));
        }
        return baseDirectory.resolve(database + SUFFIX);
    }

    /** Whether a database of that name exists. */
    public static boolean exists(Path baseDirectory, String database) {
        return Files.isRegularFile(file(baseDirectory, database));
    }

    /** Makes an empty, durable database in WAL mode; 42P04 when the name is taken. */
    public static void create(Path baseDirectory, String database) {
        SqliteDatabaseFile.create(file(baseDirectory, database));
    }

    /** Removes a database and its log; 3D000 when there is none, 55006 when somebody has it open. */
    public static void drop(Path baseDirectory, String database) {
        SqliteDatabaseFile.drop(file(baseDirectory, database));
    }
}
