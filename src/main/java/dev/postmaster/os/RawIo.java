package dev.postmaster.os;

import java.time.Duration;

/**
 * Reading and writing without Java's streams between, for those who must know what one system call did. All of it blocks
 * as the descriptor does. An interrupting signal never shows; any other error is an {@link OsException}.
 */
public interface RawIo {
    /** Writes all bytes, in as many calls as it takes. */
    void writeFully(Fd fd, byte[] bytes);

    /**
     * Exactly one write(2) of the first {@code length} bytes: up to {@link #PIPE_BUF} of them reach a pipe in one piece
     * (LOG-10).
     *
     * @return how many were written; fewer than asked only on something other than a blocking pipe or file
     */
    int writeOnce(Fd fd, byte[] bytes, int length);

    /**
     * One read(2) into the front of {@code buffer}.
     *
     * @return how many bytes came, at least 1; 0 at the end of the file
     */
    int read(Fd fd, byte[] buffer);

    /** Reads one byte from a non-blocking descriptor (CH-44). */
    Peek tryRead(Fd fd);

    /**
     * Blocks until a read would not, because there are bytes or the other side is gone.
     *
     * @param timeout whole milliseconds count; negative waits for ever
     * @return false if the time is over
     */
    boolean awaitReadable(Fd fd, Duration timeout);

    /** The largest write a pipe takes in one piece, in bytes. */
    int PIPE_BUF = 4096;

    /** What {@link #tryRead} found. */
    enum Peek {
        /** Nothing yet (EAGAIN): the other side is still there. */
        NOTHING,
        /** A byte, now consumed. */
        BYTE,
        /** Nobody is left who could write. */
        END_OF_FILE
    }
}
