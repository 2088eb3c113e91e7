package dev.postmaster.cluster;

import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A process's tie to the cluster: a shared lock of the kernel on {@code global/attach.lock}, which ends with the
 * process however it ends. It stands in for the attach count of PostgreSQL's shared memory segment (DD-14): a new
 * postmaster must not touch the files while children of a killed one still do, and a lock file with a dead pid cannot
 * tell.
 *
 * <p>The order makes it sound. A child first joins, then looks whether its postmaster lives, then touches the files. If
 * it joins before the new postmaster looks, it is seen; if after, its own postmaster is dead by then, and it leaves.
 * The kernel drops a process's lock when that process closes any descriptor of the file, so nobody else may open it.
 */
public final class Attachment implements AutoCloseable {
    private static final long POLL_NANOS = 20_000_000;

    /**
     * The kernel's lock belongs to the process, not to an object in it. A channel that nobody refers to is closed by the
     * garbage collector, and the tie would end in silence.
     */
    private static final Set<Attachment> HELD = ConcurrentHashMap.newKeySet();

    private final FileChannel channel;

    private Attachment(FileChannel channel) {
        this.channel = channel;
        HELD.add(this);
    }

    /**
     * For the postmaster, once it holds {@code postmaster.pid} and before its first child: waits until nobody is
     * attached any more, and stays attached itself.
     *
     * @param patience how long children of a dead postmaster may take to notice
     * @throws ReportException FATAL F0001 if some are still there
     */
    public static Attachment claim(ClusterLayout layout, FileModes modes, Duration patience) {
        Path file = layout.attachFile();
        try {
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    modes.file());
            return new Attachment(channel).alone(layout, patience).shared(layout);
        } catch (IOException e) {
            throw fatal(file, e);
        }
    }

    /**
     * For a child, before it looks whether its postmaster lives.
     *
     * @throws ReportException FATAL F0001 if another postmaster is just claiming the cluster
     */
    public static Attachment join(ClusterLayout layout) {
        Path file = layout.attachFile();
        try {
            return new Attachment(FileChannel.open(file, StandardOpenOption.READ)).shared(layout);
        } catch (IOException e) {
            throw fatal(file, e);
        }
    }

    private Attachment alone(ClusterLayout layout, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        FileLock lock = tryLock(false);
        while (lock == null) {
            if (System.nanoTime() - deadline >= 0) {
                close();
                throw inUse(layout);
            }
            LockSupport.parkNanos(POLL_NANOS);
            lock = tryLock(false);
        }
        lock.release();
        return this;
    }

    private Attachment shared(ClusterLayout layout) throws IOException {
        if (tryLock(true) == null) {
            close();
            throw inUse(layout);
        }
        return this;
    }

    private @Nullable FileLock tryLock(boolean shared) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException ours) {
            return null; // held by this very process
        }
    }

    /** Ends the tie early; otherwise the end of the process does. */
    @Override
    public void close() {
        HELD.remove(this);
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ReportException inUse(ClusterLayout layout) {
        return new ReportException(Report.of(
                        Severity.FATAL,
                        SqlState.LOCK_FILE_EXISTS,
                        "data directory \"" + layout.dataDirectory() + "\" is still in use by other server processes")
                .withHint("Terminate any old server processes associated with data directory \""
                        + layout.dataDirectory() + "\"."));
    }

    private static ReportException fatal(Path file, IOException cause) {
        return new ReportException(
                FileErrors.report(Severity.FATAL, "could not lock file \"" + file + "\"", cause), cause);
    }
}
