package dev.postmaster.launch;

import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.Severity;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Removes what an earlier postmaster left in {@code pgsql_tmp} (CH-13). To be called once, before the first child; not
 * after a crash, where it would race with children that are starting.
 */
public final class TempFileSweep {
    private static final String DIRECTORY = "pgsql_tmp";
    private static final String NAME_PREFIX = "pgsql_tmp";

    /** How the path of a temporary file begins, from the data directory. */
    static final String PATH_PREFIX = DIRECTORY + "/" + NAME_PREFIX;

    private final Path dataDirectory;
    private final Log log;

    /** @param dataDirectory absolute */
    public TempFileSweep(Path dataDirectory, Log log) {
        this.dataDirectory = dataDirectory;
        this.log = log;
    }

    /** Makes the directory; that it cannot be made shows when it is used. */
    static void makeDirectory(Path dataDirectory) {
        dataDirectory.resolve(DIRECTORY).toFile().mkdir();
    }

    /** Sweeps the directory; what cannot be removed is logged and stays. */
    public void sweep() {
        sweep(dataDirectory.resolve(DIRECTORY), false);
    }

    private void sweep(Path directory, boolean unconditionally) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (unconditionally || String.valueOf(entry.getFileName()).startsWith(NAME_PREFIX)) {
                    remove(entry);
                } else {
                    log.log("unexpected file found in temporary-files directory: \"" + shown(entry) + "\"");
                }
            }
        } catch (NoSuchFileException e) {
            return; // no launch has needed the directory yet
        } catch (DirectoryIteratorException e) {
            failed("read", directory, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            failed("open", directory, e);
        }
    }

    private void remove(Path entry) {
        boolean isDirectory = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
        if (isDirectory) {
            sweep(entry, true);
        }
        try {
            Files.deleteIfExists(entry);
        } catch (IOException e) {
            report("could not remove " + (isDirectory ? "directory" : "file"), entry, e);
        }
    }

    private void failed(String verb, Path directory, IOException e) {
        report("could not " + verb + " directory", directory, e);
    }

    private void report(String what, Path path, IOException e) {
        log.report(FileErrors.report(Severity.LOG, what + " \"" + shown(path) + "\"", e));
    }

    /** As PostgreSQL shows it: from the data directory. */
    private Path shown(Path path) {
        return dataDirectory.relativize(path);
    }
}
