package dev.postmaster.shmem;

import java.nio.charset.StandardCharsets;

/** Texts in the segment: a length word, then as many bytes of UTF-8 as fit. */
final class Texts {
    private Texts() {}

    static void put(Words words, int offset, int capacity, String text) {
        // A char is at least one byte of UTF-8, so that a long text is not encoded as a whole.
        String head = text.length() <= capacity ? text : text.substring(0, capacity);
        byte[] bytes = head.getBytes(StandardCharsets.UTF_8);
        int length = clip(bytes, capacity);
        words.setInt(offset, length);
        words.putBytes(offset + Integer.BYTES, bytes, length);
    }

    /** Whatever the length word says, no more than {@code capacity} bytes are read. */
    static String get(Words words, int offset, int capacity) {
        int length = Math.clamp(words.getInt(offset), 0, capacity);
        return new String(words.getBytes(offset + Integer.BYTES, length), StandardCharsets.UTF_8);
    }

    /** The longest prefix of at most {@code capacity} bytes that ends with a whole character. */
    private static int clip(byte[] utf8, int capacity) {
        int length = Math.min(utf8.length, capacity);
        while (length > 0 && length < utf8.length && (utf8[length] & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }
}
