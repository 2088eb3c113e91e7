package dev.postmaster.child.checkpointer;

import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.store.DatabaseFile;
import dev.postmaster.store.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All databases of the cluster, held open. Whoever closes an SQLite database last moves its whole log first; while the
 * checkpointer has it open, that is never a backend with a client waiting (decision 0036).
 */
final class OpenDatabases implements AutoCloseable {
    /** How long a checkpoint may wait for readers, and so keep writers from their turn. */
    private static final int LOCK_TIMEOUT_MILLIS = 100;

    private final Path base;
    private final Log log;
    private final Map<Path, Open> open = new TreeMap<>();
    private final Map<Path, Object> unusable = new HashMap<>();

    /**
     * A database.
     *
     * @param fileKey which file it was when it was opened: a name may be dropped and made again
     * @param keptBytes length of the log after the last checkpoint
     */
    private record Open(DatabaseFile database, Object fileKey, long keptBytes) {}

    OpenDatabases(Path base, Log log) {
        this.base = base;
        this.log = log;
    }

    /** Opens what is new and closes what is gone. What cannot be opened is logged once and left alone. */
    void refresh() {
        open.entrySet().removeIf(entry -> closedBecauseGone(entry.getKey(), entry.getValue()));
        for (Path file : Databases.list(base)) {
            if (!open.containsKey(file)) {
                fileKey(file).ifPresent(key -> open(file, key));
            }
        }
    }

    private void open(Path file, Object fileKey) {
        if (fileKey.equals(unusable.get(file))) {
            return;
        }
        try {
            open.put(file, new Open(DatabaseFile.open(file, LOCK_TIMEOUT_MILLIS), fileKey, 0));
        } catch (ReportException e) {
            unusable.put(file, fileKey);
            log.report(e.report(), e);
        }
    }

    /** Moves all logs, and remembers what readers kept of them. */
    Checkpoint checkpoint() {
        try {
            return Checkpoint.of(open.values().stream().map(Open::database).toList());
        } finally {
            open.replaceAll((file, one) ->
                    new Open(one.database(), one.fileKey(), one.database().walBytes()));
        }
    }

    CheckpointSchedule.LogSizes logSizes() {
        long longest = 0;
        long growth = 0;
        for (Open one : open.values()) {
            long bytes = one.database().walBytes();
            longest = Math.max(longest, bytes);
            growth = Math.max(growth, bytes - one.keptBytes());
        }
        return new CheckpointSchedule.LogSizes(longest, growth);
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
