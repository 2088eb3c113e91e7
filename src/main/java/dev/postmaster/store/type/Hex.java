package dev.postmaster.store.type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's text forms of {@code bytea}. */
final class Hex {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Hex() {}

    /** {@code \x} and two digits a byte. */
    static String encode(byte[] bytes) {
        byte[] text = new byte[2 + 2 * bytes.length];
        text[0] = '\\';
        text[1] = 'x';
        for (int i = 0; i < bytes.length; i++) {
            text[2 + 2 * i] = DIGITS[(bytes[i] >> 4) & 0xF];
            text[3 + 2 * i] = DIGITS[bytes[i] & 0xF];
        }
        return new String(text, StandardCharsets.US_ASCII);
    }

    /** Reads the hex form, or the older escape form ({@code \\} and {@code \ooo}); null when it is neither. */
    static byte @Nullable [] decode(String text) {
        return text.startsWith("\\x") ? digits(text) : escapes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte @Nullable [] digits(String text) {
        if (text.length() % 2 != 0) {
            return null;
        }
        byte[] bytes = new byte[text.length() / 2 - 1];
        for (int i = 0; i < bytes.length; i++) {
            int high = Character.digit(text.charAt(2 + 2 * i), 16);
            int low = Character.digit(text.charAt(3 + 2 * i), 16);
            if (high < 0 || low < 0) {
                return null;
            }
            bytes[i] = (byte) ((high << 4) | low);
        }
        return bytes;
    }

    private static byte @Nullable [] escapes(byte[] text) {
        byte[] bytes = new byte[text.length];
        int length = 0;
        for (int i = 0; i < text.length; length++) {
            if (text[i] != '\\') {
                bytes[length] = text[i++];
            } else if (i + 1 < text.length && text[i + 1] == '\\') {
                bytes[length] = '\\';
                i += 2;
            } else {
                int octal = octal(text, i + 1);
                if (octal < 0) {
                    return null;
                }
                bytes[length] = (byte) octal;
                i += 4;
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    private static int octal(byte[] text, int start) {
        if (start + 3 > text.length) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < start + 3; i++) {
            int digit = Character.digit((char) text[i], 8);
            if (digit < 0) {
                return -1;
            }
            value = value * 8 + digit;
        }
        return value > 255 ? -1 : value;
    }
}
