package dev.postmaster.logpipe;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The beginning of a record, growing by the chunk until its end comes. */
final class Partial {
    private byte[] bytes = new byte[2 * Chunk.MAX];
    private int size;

    /** Takes all that remains in the buffer. */
    void append(ByteBuffer payload) {
        int length = payload.remaining();
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        payload.get(bytes, size, length);
        size += length;
    }

    int size() {
        return size;
    }

    ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes, 0, size);
    }
}
