package dev.postmaster.child.checkpointer;

import dev.postmaster.report.FileErrors;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.store.DatabaseFile;
import dev.postmaster.store.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All databases of the cluster, held open. Whoever closes an SQLite database last moves its whole log first; while the
 * checkpointer has it open, that is never a backend with a client waiting.
 */
final class OpenDatabases implements AutoCloseable {
    /** How long a checkpoint may wait for readers, and so keep writers from their turn. */
    private static final int LOCK_TIMEOUT_MILLIS = 100;

    private final Path base;
    private final Map<Path, Open> open = new TreeMap<>();

    /** A database, and which file it was when it was opened: a name may be dropped and made again. */
    private record Open(DatabaseFile database, Object fileKey) {}

    OpenDatabases(Path base) {
        this.base = base;
    }

    /** Opens what is new and closes what is gone. */
    void refresh() {
        open.entrySet().removeIf(entry -> closedBecauseGone(entry.getKey(), entry.getValue()));
        for (Path file : Databases.list(base)) {
            if (!open.containsKey(file)) {
                fileKey(file)
                        .ifPresent(key -> open.put(file, new Open(DatabaseFile.open(file, LOCK_TIMEOUT_MILLIS), key)));
            }
        }
    }

    List<DatabaseFile> all() {
        return open.values().stream().map(Open::database).toList();
    }

    /** The longest log of any database, in bytes. */
    long largestWalBytes() {
        long largest = 0;
        for (Open one : open.values()) {
            largest = Math.max(largest, one.database().walBytes());
        }
        return largest;
    }

    @Override
    public void close() {
        open.values().forEach(one -> one.database().close());
        open.clear();
    }

    private static boolean closedBecauseGone(Path file, Open one) {
        boolean gone = !fileKey(file).equals(Optional.of(one.fileKey()));
        if (gone) {
            one.database().close();
        }
        return gone;
    }

    /** Device and inode; empty if there is no such file. */
    private static Optional<Object> fileKey(Path file) {
        try {
            return Optional.of(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ReportException(FileErrors.report(Severity.ERROR, "could not stat file \"" + file + "\"", e), e);
        }
    }
}
