package dev.postmaster.logpipe;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * Cuts the output of a program that knows nothing of records into lines. A line that does not end is given out when it
 * has become too long or {@link #flush} asks for it, and marked as a part. Nothing is lost but empty lines; what would harm
 * a reader is escaped ({@code \xNN}). Used by one thread.
 */
public final class LineSplitter {
    private static final int LONGEST_CHARACTER = 4;
    private static final int CONTINUATION = 0b1000_0000;
    private static final int CONTINUATION_MASK = 0b1100_0000;

    private final int maxLine;
    private final BiConsumer<String, Boolean> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /**
     * Splits text.
     *
     * @param maxLine longest line given out in one piece, in bytes; at least 4, the longest character of UTF-8
     * @param lines gets each line without its end, and whether it is only the beginning of one
     */
    public LineSplitter(int maxLine, BiConsumer<String, Boolean> lines) {
        if (maxLine < LONGEST_CHARACTER) {
            throw new IllegalArgumentException("no room for a character in " + maxLine + " bytes");
        }
        this.maxLine = maxLine;
        this.lines = lines;
    }

    public void feed(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                give(line.size(), false);
            } else {
                if (line.size() == maxLine) {
                    give(wholeCharacters(), true);
                }
                line.write(next);
            }
        }
    }

    /** Gives out the last words of somebody who did not end the line. */
    public void flush() {
        if (line.size() > 0) {
            give(line.size(), true);
        }
    }

    /** Empty lines say nothing and are left out; what of the line is beyond {@code length} stays for the next one. */
    private void give(int length, boolean partial) {
        byte[] bytes = line.toByteArray();
        line.reset();
        line.write(bytes, length, bytes.length - length);
        boolean endsInReturn = !partial && length > 0 && bytes[length - 1] == '\r';
        String text = HarmlessText.of(Arrays.copyOf(bytes, endsInReturn ? length - 1 : length));
        if (partial || !text.isBlank()) {
            lines.accept(text, partial);
        }
    }

    /** All but a last character of which only the beginning is there. */
    private int wholeCharacters() {
        byte[] bytes = line.toByteArray();
        int start = bytes.length - 1;
        while (start > bytes.length - LONGEST_CHARACTER && (bytes[start] & CONTINUATION_MASK) == CONTINUATION) {
            start--;
        }
        return bytes.length - start < length(bytes[start]) ? start : bytes.length;
    }

    /** How many bytes a character has that begins like this; 1 for what begins none. */
    private static int length(byte first) {
        int ones = Integer.numberOfLeadingZeros(~(first << 24));
        return ones >= 2 && ones <= LONGEST_CHARACTER ? ones : 1;
    }
}
