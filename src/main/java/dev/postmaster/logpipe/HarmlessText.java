package dev.postmaster.logpipe;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of somebody else as text that can be shown anywhere: what is no UTF-8, and what would steer a terminal, becomes
 * {@code \xNN}. Nothing is left out.
 */
final class HarmlessText {
    private static final int DELETE = 0x7f;
    private static final int LAST_CONTROL = 0x9f;

    private HarmlessText() {}

    static String of(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports what it cannot decode
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        StringBuilder text = new StringBuilder(bytes.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            append(out.flip(), text);
            out.clear();
            if (result.isUnderflow()) {
                return text.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                escape(in.get() & 0xff, text);
            }
            decoder.reset();
        }
    }

    private static void append(CharBuffer from, StringBuilder to) {
        while (from.hasRemaining()) {
            char c = from.get();
            boolean steers = (c < ' ' && c != '\t') || (c >= DELETE && c <= LAST_CONTROL);
            if (steers) {
                escape(c, to);
            } else {
                to.append(c);
            }
        }
    }

    private static void escape(int value, StringBuilder to) {
        to.append("\\x").append(Character.forDigit(value >> 4, 16)).append(Character.forDigit(value & 0xf, 16));
    }
}
