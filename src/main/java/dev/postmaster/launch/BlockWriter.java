package dev.postmaster.launch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Puts values behind each other: numbers big-endian, texts and byte strings behind their length. */
final class BlockWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    BlockWriter putInt(int value) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
        return this;
    }

    BlockWriter putLong(long value) {
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        return this;
    }

    BlockWriter putBoolean(boolean value) {
        bytes.write(value ? 1 : 0);
        return this;
    }

    BlockWriter putBytes(byte[] value) {
        putInt(value.length);
        bytes.writeBytes(value);
        return this;
    }

    BlockWriter putText(String value) {
        return putBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
