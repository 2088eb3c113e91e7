package dev.postmaster.store.copy;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.SqlError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of the bytes a client sends, however they are cut into messages. Feed it, take rows until there is none,
 * feed it again; a line stays here until its end has come.
 */
public final class CopyReader {
    private static final int FIRST_CAPACITY = 8192;

    private final CopyFormat format;
    private byte[] buffer = new byte[FIRST_CAPACITY];
    /** Of the line that is being read. */
    private int start;

    private int scanned;
    private int limit;
    /** Whether the scan is inside a quoted CSV value, where a line does not end. */
    private boolean quoted;
    /** Whether the next byte stands behind an escape. */
    private boolean escaped;

    private boolean ended;
    private boolean headerDue;
    private long line;

    public CopyReader(CopyFormat format) {
        this.format = format;
        this.headerDue = format.header();
    }

    /** The next bytes. */
    public void feed(byte[] data) {
        if (limit + data.length > buffer.length) {
            byte[] roomier = new byte[Math.max(buffer.length, 2 * (limit - start + data.length))];
            System.arraycopy(buffer, start, roomier, 0, limit - start);
            buffer = roomier;
            scanned -= start;
            limit -= start;
            start = 0;
        }
        System.arraycopy(data, 0, buffer, limit, data.length);
        limit += data.length;
    }

    /** There are no more bytes: what is here without an end of line is the last line. */
    public void end() {
        ended = true;
    }

    /** The number of the line that was read last, from 1. */
    public long line() {
        return line;
    }

    /**
     * The values of the next row; null when the bytes so far hold no further one.
     *
     * @throws ReportException 22P04 for a line that is no row, 22021 for bytes that are not UTF-8
     */
    public @Nullable List<@Nullable String> next() {
        String text = nextLine();
        if (text != null && headerDue) {
            headerDue = false;
            text = nextLine();
        }
        if (text == null) {
            return null;
        }
        if (text.equals(CopyFormat.END_MARKER)) {
            start = limit;
            scanned = limit;
            ended = true;
            return null;
        }
        return switch (format.style()) {
            case TEXT -> new TextLine(format, text).values();
            case CSV -> new CsvLine(format, text).values();
        };
    }

    private @Nullable String nextLine() {
        while (scanned < limit) {
            byte next = buffer[scanned++];
            if (next == '\n' && !quoted && !escaped) {
                return take(scanned - 1);
            }
            follow((char) next);
        }
        return ended && start < limit ? take(limit) : null;
    }

    private void follow(char c) {
        switch (format.style()) {
            case TEXT -> escaped = c == '\\' && !escaped;
            case CSV -> {
                boolean ownEscape = format.escape() != format.quote();
                boolean wasEscaped = escaped;
                escaped = ownEscape && quoted && c == format.escape() && !wasEscaped;
                quoted ^= c == format.quote() && !wasEscaped;
            }
        }
    }

    private String take(int end) {
        int last = end > start && buffer[end - 1] == '\r' ? end - 1 : end;
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOfRange(buffer, start, last));
        start = scanned;
        escaped = false;
        line++;
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new ReportException(
                    SqlError.of(SqlState.CHARACTER_NOT_IN_REPERTOIRE, "invalid byte sequence for encoding \"UTF8\"")
                            .report(),
                    e);
        }
    }
}
