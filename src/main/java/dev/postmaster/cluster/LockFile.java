package dev.postmaster.cluster;

import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A lock file that we hold: {@code postmaster.pid}, or {@code <socket>.lock} (spec 7.2, 7.3). Taken by
 * {@link LockFileTaker}; used by one thread; deleted by {@link #close}.
 */
public final class LockFile implements AutoCloseable {
    private static final int SOCKET_DIRECTORY = 5;
    private static final int LISTEN_ADDRESS = 6;
    private static final int SHARED_MEMORY = 7;
    private static final int STATUS = 8;

    private final Path file;
    private final int pid;
    private final Log log;

    LockFile(Path file, int pid, Log log) {
        this.file = file;
        this.pid = pid;
        this.log = log;
    }

    /** Directory of the first Unix socket. */
    public void socketDirectory(String directory) {
        line(SOCKET_DIRECTORY, directory);
    }

    /** First address that could be listened on, as configured; empty if there is none. */
    public void listenAddress(String address) {
        line(LISTEN_ADDRESS, address);
    }

    public void sharedMemory(long key, long id) {
        line(SHARED_MEMORY, String.format("%9d %9d", key, id));
    }

    public void status(PmStatus status) {
        line(STATUS, status.line());
    }

    /** Keeps cleaners of temporary directories away from a socket's lock file (PM-64). */
    public void touch(Instant now) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(now));
        } catch (IOException e) {
            return; // as in PostgreSQL: a file that cannot be touched may be cleaned away, and nothing follows from it
        }
    }

    /** One write at the start without truncating: no reader may ever see a shorter file (DD-16). */
    private void line(int number, String text) {
        String doing = "could not open file";
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            doing = "could not read from file";
            List<String> lines = lines(channel);
            while (lines.size() < number) {
                lines.add("");
            }
            lines.set(number - 1, text);
            doing = "could not write to file";
            byte[] content = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
            channel.write(ByteBuffer.wrap(content), 0);
            channel.force(true);
        } catch (IOException e) {
            log.report(FileErrors.report(Severity.LOG, doing + " \"" + file + "\"", e));
        }
    }

    private static List<String> lines(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate((int) Math.min(8192, channel.size()));
        while (content.hasRemaining() && channel.read(content) >= 0) {
            // a regular file: reads end when the buffer is full or the file is
        }
        String text = StandardCharsets.UTF_8.decode(content.flip()).toString();
        return new ArrayList<>(text.lines().toList());
    }

    /**
     * Whether the file is there and still has our pid in it. If not, somebody else may be about to use the cluster, and
     * we must leave at once (DD-22). A file that merely cannot be read now is taken for ours.
     */
    public boolean isStillOurs() {
        try {
            LockText text = LockText.of(Files.readString(file));
            if (text.pid() == pid) {
                return true;
            }
            log.log("lock file \"" + file + "\" contains wrong PID: " + text.pid() + " instead of " + pid);
            return false;
        } catch (NoSuchFileException | NotDirectoryException e) {
            log.report(FileErrors.report(Severity.LOG, "could not open file \"" + file + "\"", e));
            return false;
        } catch (IOException e) {
            Report report = FileErrors.report(Severity.LOG, "could not open file \"" + file + "\"", e);
            log.report(Report.of(Severity.LOG, report.sqlState(), report.message() + "; continuing anyway"));
            return true;
        }
    }

    /** Deletes the file, unless it has become another server's. */
    @Override
    public void close() {
        try {
            if (LockText.of(Files.readString(file)).pid() == pid) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return; // nobody to tell: the next start finds a dead pid in it
        }
    }
}
