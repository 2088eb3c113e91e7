package dev.postmaster.store.copy;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.SizeLimit;
import dev.postmaster.store.type.SqlError;
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

    /** Of a line in an error's context, in characters (MAX_COPY_DATA_DISPLAY). */
    private static final int SHOWN = 100;

    private static final byte[] END_MARKER = CopyFormat.END_MARKER.getBytes(StandardCharsets.US_ASCII);

    private final CopyFormat format;
    private final int longestLine;
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
    /** Whether the end marker was read. */
    private boolean marked;

    private boolean headerDue;
    private long line;
    /** The line that was read last, or a piece of one that is too long. */
    private byte[] current = {};

    public CopyReader(CopyFormat format) {
        this(format, SizeLimit.bytes());
    }

    /** {@code longestLine}: with its end, in bytes. */
    CopyReader(CopyFormat format, int longestLine) {
        this.format = format;
        this.longestLine = longestLine;
        this.headerDue = format.header();
    }

    /**
     * The next bytes; those behind the end marker are nobody's.
     *
     * @throws ReportException 54000 if they make a line that there is no room for
     */
    public void feed(byte[] data) {
        if (marked) {
            return;
        }
        requireRoom(data.length);
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

    /** What was read last, for the eyes of whoever looks for the mistake in it: its beginning, if it is long. */
    public String lineText() {
        return shown(new String(current, StandardCharsets.UTF_8));
    }

    /** The beginning of a text that may be long. */
    public static String shown(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    }

    /**
     * The values of the next row; null when the bytes so far hold no further one.
     *
     * @throws ReportException 22P04 for a line that is no row, 22021 for bytes that are not UTF-8
     */
    public @Nullable List<@Nullable String> next() {
        byte[] bytes = nextLine();
        if (bytes != null && headerDue) {
            headerDue = false;
            bytes = nextLine();
        }
        if (bytes == null) {
            return null;
        }
        if (Arrays.equals(bytes, END_MARKER)) {
            end();
            marked = true;
            start = limit;
            scanned = limit;
            return null;
        }
        return switch (format.style()) {
            case TEXT -> new TextLine(format, bytes).values();
            case CSV -> new CsvLine(format, Utf8.decode(bytes, bytes.length)).values();
        };
    }

    private byte @Nullable [] nextLine() {
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

    private byte[] take(int end) {
        int last = end > start && buffer[end - 1] == '\r' ? end - 1 : end;
        current = Arrays.copyOfRange(buffer, start, last);
        start = scanned;
        escaped = false;
        line++;
        return current;
    }

    private void requireRoom(int more) {
        int have = limit - start;
        if (more > longestLine - have) {
            line++;
            current = Arrays.copyOfRange(buffer, start, start + Math.min(have, SHOWN + 1));
            throw new ReportException(SqlError.of(
                            SqlState.PROGRAM_LIMIT_EXCEEDED,
                            "string buffer exceeds maximum allowed length (" + longestLine + " bytes)")
                    .report()
                    .withDetail(
                            "Cannot enlarge string buffer containing " + have + " bytes by " + more + " more bytes."));
        }
    }
}
