package dev.postmaster.store;

import java.nio.file.Path;
import java.util.List;

/**
 * One database file in the hands of a child that keeps the cluster rather than serves a client: it recovers, checks and
 * checkpoints. One thread uses it. Failures are a {@link dev.postmaster.report.ReportException}: XX001 for damage,
 * 58030 for I/O, 53100 for a full disk.
 */
public final class DatabaseFile implements AutoCloseable {

    private DatabaseFile() {}

    private static <T> T pending() {
        throw new UnsupportedOperationException();
    }

    /** Opens the file, which must exist. SQLite recovers the log of a crashed writer here, before anything is read. */
    public static DatabaseFile open(Path file, int lockTimeoutMillis) {
        return pending();
    }

    /** The file that was opened. */
    public Path path() {
        return pending();
    }

    /** Moves the log into the database file and makes both durable. */
    public CheckpointResult checkpoint(CheckpointMode mode) {
        return pending();
    }

    /** Bytes of the log file; 0 when there is none. */
    public long walBytes() {
        return pending();
    }

    /** What {@code PRAGMA quick_check} finds; empty means sound. Reads the whole file. */
    public List<String> quickCheck() {
        return pending();
    }

    /** Closes without a checkpoint, so that only the checkpointer ever moves pages. */
    @Override
    public void close() {}
}
