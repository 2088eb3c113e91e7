package dev.postmaster.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A growing run of bytes with the protocol's way to write integers, strings and message lengths. */
final class WireBuffer {
    private static final int KEPT = 64 * 1024;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private byte[] bytes = new byte[1024];
    private int length;

    int length() {
        return length;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Hands everything to {@code out} in one write, and forgets it. */
    void drainTo(OutputStream out) throws IOException {
        int ready = length;
        length = 0;
        out.write(bytes, 0, ready);
        if (bytes.length > KEPT) {
            bytes = new byte[KEPT];
        }
    }

    /** Forgets everything after the first {@code kept} bytes. */
    void truncate(int kept) {
        length = kept;
    }

    void int8(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void int16(int value) {
        reserve(2);
        bytes[length++] = (byte) (value >> 8);
        bytes[length++] = (byte) value;
    }

    void int32(int value) {
        reserve(4);
        put32(length, value);
        length += 4;
    }

    void bytes(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    /** The text as UTF-8 and a NUL; a NUL inside would end the string early for the reader, so it is left out. */
    void string(String text) {
        bytes((text.indexOf('\0') < 0 ? text : text.replace("\0", "")).getBytes(UTF_8));
        int8(0);
    }

    /** Begins a message: its type byte, and room for its length. Give the result to {@link #end}. */
    int begin(char type) {
        int8(type);
        int32(0);
        return length - Integer.BYTES;
    }

    /** Ends the message whose length word is at {@code start}: it counts itself and all that was written since. */
    void end(int start) {
        put32(start, length - start);
    }

    private void put32(int at, int value) {
        bytes[at] = (byte) (value >> 24);
        bytes[at + 1] = (byte) (value >> 16);
        bytes[at + 2] = (byte) (value >> 8);
        bytes[at + 3] = (byte) value;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), (int) Math.min(2L * length, MAX_ARRAY)));
        }
    }
}
