package dev.postmaster.store;

import java.nio.file.Path;
import java.util.List;

/**
 * One database file in the hands of a child that keeps the cluster rather than serves a client: it recovers, checks and
 * checkpoints. One thread uses it. Failures are a {@link dev.postmaster.report.ReportException}: XX001 for damage,
 * 58030 for I/O, 53100 for a full disk.
 */
public interface DatabaseFile extends AutoCloseable {

    /** Opens the file, which must exist. SQLite recovers the log of a crashed writer here, before anything is read. */
    static DatabaseFile open(Path file, int lockTimeoutMillis) {
        return SqliteDatabaseFile.open(file, lockTimeoutMillis);
    }

    /** The file that was opened. */
    Path path();

    /** Moves the log into the database file and makes both durable. */
    CheckpointResult checkpoint(CheckpointMode mode);

    /** Bytes of the log file; 0 when there is none. */
    long walBytes();

    /** What {@code PRAGMA quick_check} finds; empty means sound. Reads the whole file. */
    List<String> quickCheck();

    /**
     * Writes a copy as of one moment, checked and complete in one file, while others read and write. It takes the place of
     * a database when the server is down.
     *
     * @param target a file that is not there; what is left of it after a failure is of no use
     */
    void backUp(Path target);

    /** Closes without a checkpoint, so that only the checkpointer ever moves pages. */
    @Override
    void close();
}
