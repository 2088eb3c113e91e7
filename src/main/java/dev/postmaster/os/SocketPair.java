package dev.postmaster.os;

/**
 * Two connected Unix sockets, close-on-exec: one to keep and one for a child. Closing it closes the ends that nobody
 * {@linkplain Fd#take took}.
 */
public record SocketPair(Fd nearEnd, Fd farEnd) implements AutoCloseable {
    /** How a pair carries bytes. */
    public enum Kind {
        /** A stream of bytes. */
        STREAM,
        /** Messages that keep their bounds, with an end of file when the other side is gone. */
        SEQPACKET
    }

    @Override
    public void close() {
        try (nearEnd) {
            farEnd.close();
        }
    }
}
