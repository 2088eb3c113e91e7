package dev.postmaster.logpipe;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * Cuts the output of a program that knows nothing of records into lines. A line that does not end is given out when it
 * has become too long or {@link #flush} asks for it, and marked as a part. Used by one thread.
 */
public final class LineSplitter {
    private final int maxLine;
    private final BiConsumer<String, Boolean> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /**
     * Splits text.
     *
     * @param maxLine longest line given out in one piece, in bytes
     * @param lines gets each line without its end, and whether it is only the beginning of one
     */
    public LineSplitter(int maxLine, BiConsumer<String, Boolean> lines) {
        this.maxLine = maxLine;
        this.lines = lines;
    }

    public void feed(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                give(false);
            } else {
                line.write(next);
                if (line.size() == maxLine) {
                    give(true);
                }
            }
        }
    }

    /** Gives out the last words of somebody who did not end the line. */
    public void flush() {
        if (line.size() > 0) {
            give(true);
        }
    }

    /** Bytes that are no UTF-8 become replacement characters; empty lines say nothing and are left out. */
    private void give(boolean partial) {
        String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        line.reset();
        if (!text.isEmpty()) {
            lines.accept(text, partial);
        }
    }
}
