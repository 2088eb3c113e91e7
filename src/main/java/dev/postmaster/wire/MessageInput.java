package dev.postmaster.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Buffered bytes of a client, handed out by the message. A length word is not believed before its bytes have come: memory
 * grows with what has arrived, not with what was announced.
 */
final class MessageInput {
    private static final int TRUSTED = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;
    private int bodyLeft;

    MessageInput(InputStream in) {
        this.in = in;
    }

    /** The next byte, 0 to 255, or -1 at the end of the stream. */
    int read() throws IOException {
        return at == end && !fill() ? -1 : buffer[at++] & 0xff;
    }

    /**
     * The next {@code length} bytes; null if the stream ends before.
     *
     * @throws OutOfMemoryError if there is no room; {@link #skipBody} then finds the next message
     */
    byte @Nullable [] read(int length) throws IOException {
        byte[] body = new byte[Math.min(length, TRUSTED)];
        bodyLeft = length;
        while (bodyLeft > 0) {
            int have = length - bodyLeft;
            if (have == body.length) {
                body = Arrays.copyOf(body, (int) Math.min(length, 2L * have));
            }
            int got = readSome(body, have);
            if (got < 0) {
                return null;
            }
            bodyLeft -= got;
        }
        return body;
    }

    /** Throws the next {@code length} bytes away; false if the stream ends before. */
    boolean skip(int length) throws IOException {
        bodyLeft = length;
        return skipBody();
    }

    /** Throws away what {@link #read(int)} did not get to; false if the stream ends before. */
    boolean skipBody() throws IOException {
        while (bodyLeft > 0) {
            if (at == end && !fill()) {
                return false;
            }
            int skipped = Math.min(bodyLeft, end - at);
            at += skipped;
            bodyLeft -= skipped;
        }
        return true;
    }

    private int readSome(byte[] target, int from) throws IOException {
        int wanted = target.length - from;
        if (at == end) {
            if (wanted >= buffer.length) {
                return in.read(target, from, wanted);
            }
            if (!fill()) {
                return -1;
            }
        }
        int got = Math.min(wanted, end - at);
        System.arraycopy(buffer, at, target, from, got);
        at += got;
        return got;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer, 0, buffer.length));
        return end > 0;
    }
}
