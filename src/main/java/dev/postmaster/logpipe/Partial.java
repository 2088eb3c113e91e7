package dev.postmaster.logpipe;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The beginning of a record, growing by the chunk until its end comes. */
final class Partial {
    /** What one costs besides its bytes, roughly: its entry in a map, and objects. */
    private static final int OVERHEAD = 128;

    private byte[] bytes = new byte[0];
    private int size;

    /** Takes all that remains in the buffer. */
    void append(ByteBuffer payload) {
        int length = payload.remaining();
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, 2 * (size + length));
        }
        payload.get(bytes, size, length);
        size += length;
    }

    int size() {
        return size;
    }

    /** Bytes of memory that it takes. */
    int cost() {
        return OVERHEAD + bytes.length;
    }

    ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes, 0, size);
    }
}
