package dev.postmaster.child.syslogger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One log file. What is written is collected until {@link #flush}, which the syslogger calls before it waits. Each byte
 * given is either written or counted as lost, and nothing is tried twice (LOG-17): a full disk must not stop the readers
 * of the pipe.
 */
final class LogFile {
    private static final int BUFFER = 256 << 10;

    private final Path path;
    private final @Nullable FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private long size;
    private long written;
    private long lost;

    /** What the last write failed with; null after a write that succeeded. */
    private @Nullable IOException failure;

    /** The disk took only the beginning of a line. */
    private boolean torn;

    /** @param channel open for appending; null if the file could not be opened, and then all is lost */
    LogFile(Path path, @Nullable FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.size = channel == null ? 0 : channel.size();
    }

    Path path() {
        return path;
    }

    boolean isOpen() {
        return channel != null;
    }

    /** Whether it could not be opened, or somebody deleted it, so that nobody sees what is written to it. */
    boolean isMissing() {
        return channel == null || !Files.exists(path);
    }

    /** Bytes in the file, with those that wait to be written. */
    long size() {
        return size + buffer.position();
    }

    /** Bytes given to this object that reached the file. */
    long written() {
        return written;
    }

    /** Bytes given to this object that did not. */
    long lost() {
        return lost;
    }

    @Nullable
    IOException failure() {
        return failure;
    }

    void write(ByteBuffer record) {
        while (record.hasRemaining()) {
            int part = Math.min(record.remaining(), buffer.remaining());
            buffer.put(buffer.position(), record, record.position(), part);
            buffer.position(buffer.position() + part);
            record.position(record.position() + part);
            if (!buffer.hasRemaining()) {
                flush();
            }
        }
    }

    /** What was not written yet is another's: this file was deleted, and nobody would see it there. */
    void handWaitingTo(LogFile other) {
        other.write(buffer.flip());
        buffer.clear();
    }

    void flush() {
        if (buffer.position() == 0) {
            return;
        }
        buffer.flip();
        try {
            if (channel == null) {
                throw new IOException("file is not open");
            }
            writeAll(channel);
            failure = null;
        } catch (IOException e) {
            failure = e;
            lost += buffer.remaining();
        }
        buffer.clear();
    }

    private void writeAll(FileChannel open) throws IOException {
        if (torn) {
            size += open.write(ByteBuffer.wrap(new byte[] {'\n'})); // what comes now shall begin on a line of its own
            torn = false;
        }
        while (buffer.hasRemaining()) {
            int done = open.write(buffer);
            written += done;
            size += done;
            torn = buffer.hasRemaining();
        }
    }

    void close() {
        flush();
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            failure = e;
        }
    }
}
