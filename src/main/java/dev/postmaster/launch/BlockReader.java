package dev.postmaster.launch;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Takes values apart as {@link BlockWriter} put them together. A length beyond the end, like a missing number, is a
 * {@link BufferUnderflowException}; nothing is allocated for it.
 */
final class BlockReader {
    private final ByteBuffer bytes;

    BlockReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int getInt() {
        return bytes.getInt();
    }

    long getLong() {
        return bytes.getLong();
    }

    boolean getBoolean() {
        return bytes.get() != 0;
    }

    byte[] getBytes() {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] value = new byte[length];
        bytes.get(value);
        return value;
    }

    String getText() {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }

    boolean atEnd() {
        return !bytes.hasRemaining();
    }
}
