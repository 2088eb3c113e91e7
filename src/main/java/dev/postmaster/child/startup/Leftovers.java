package dev.postmaster.child.startup;

import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.Severity;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a crash in the middle of making or dropping a database leaves beside the databases: files whose name begins with a
 * dot, which no database has, and SQLite's side files without their database.
 */
final class Leftovers {
    private static final String[] SIDE_FILES = {"-wal", "-shm", "-journal"};

    private Leftovers() {}

    /** Removes them; what cannot be removed is logged and does no harm. */
    static void remove(Path base, Log log) {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(base, Leftovers::isLeftover)) {
            for (Path leftover : leftovers) {
                delete(leftover, log);
            }
        } catch (IOException e) {
            log.report(FileErrors.report(Severity.LOG, "could not open directory \"" + base + "\"", e));
        }
    }

    private static boolean isLeftover(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(".")) {
            return Files.isRegularFile(file);
        }
        for (String suffix : SIDE_FILES) {
            if (name.endsWith(suffix)) {
                String database = name.substring(0, name.length() - suffix.length());
                return !Files.exists(file.resolveSibling(database));
            }
        }
        return false;
    }

    private static void delete(Path file, Log log) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.report(FileErrors.report(Severity.LOG, "could not remove file \"" + file + "\"", e));
        }
    }
}
