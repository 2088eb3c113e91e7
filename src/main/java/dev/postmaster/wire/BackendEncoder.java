package dev.postmaster.wire;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes messages to a client, many in one system call: they gather in one reused buffer until {@link #flush} or until
 * there is a good load of them. Not thread-safe.
 */
public final class BackendEncoder {
    private static final int FULL = 32 * 1024;

    private final OutputStream out;
    private final WireBuffer buffer = new WireBuffer();

    /** The encoder is the only one to write to {@code out}, which needs no buffer of its own. */
    public BackendEncoder(OutputStream out) {
        this.out = out;
    }

    /** The bytes of one message. */
    public static byte[] encode(BackendMessage message) {
        WireBuffer single = new WireBuffer();
        message.writeTo(single);
        return single.toByteArray();
    }

    /** Appends {@code message} whole or, if it cannot be built for lack of memory, not at all. */
    public void send(BackendMessage message) throws IOException {
        int before = buffer.length();
        boolean whole = false;
        try {
            message.writeTo(buffer);
            whole = true;
        } finally {
            if (!whole) {
                buffer.truncate(before);
            }
        }
        if (buffer.length() >= FULL) {
            flush();
        }
    }

    /** Writes what has gathered. */
    public void flush() throws IOException {
        if (buffer.length() > 0) {
            buffer.drainTo(out);
            out.flush();
        }
    }
}
