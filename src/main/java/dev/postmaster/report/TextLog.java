package dev.postmaster.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The text form of the log (LOG-20): every line with the prefix, further lines of one part behind a tab. A record is
 * one {@code write}, so that records of several threads or processes on one descriptor do not mix.
 */
public final class TextLog implements Log {
    private final OutputStream out;
    private final InstantSource clock;
    private final AtomicLong lines = new AtomicLong();
    private volatile LogSource source;
    private volatile LogFormat format;

    /** Writes to a stream that is unbuffered, and open for the life of the process. */
    public TextLog(OutputStream out, LogSource source, LogFormat format, InstantSource clock) {
        this.out = out;
        this.source = source;
        this.format = format;
        this.clock = clock;
    }

    /** Takes effect with the next record: a reload changed the settings. */
    public void format(LogFormat newFormat) {
        format = newFormat;
    }

    /** Takes effect with the next record: a backend has learned whom it serves. */
    public void source(LogSource newSource) {
        source = newSource;
    }

    /** A time inside a message, in the zone of the log: {@code 2026-11-22 17:00:00 UTC}. */
    public String timestamp(Instant at) {
        return LinePrefix.timestamp(at, format.zone(), false);
    }

    @Override
    public void report(Report report) {
        LogFormat now = format;
        if (report.severity().passesServerFilter(now.minMessages())) {
            write(text(report, now));
        }
    }

    private String text(Report report, LogFormat now) {
        LinePrefix prefix = new LinePrefix(now, source, clock.instant(), report.sqlState());
        StringBuilder text = new StringBuilder(160);
        part(text, prefix, label(report.severity()), report.message());
        if (report.position() > 0) {
            text.insert(text.length() - 1, " at character " + report.position());
        }
        part(text, prefix, "DETAIL", report.detail());
        part(text, prefix, "HINT", report.hint());
        part(text, prefix, "CONTEXT", report.context());
        part(text, prefix, "STATEMENT", report.statement());
        return text.toString();
    }

    private void part(StringBuilder text, LinePrefix prefix, String label, @Nullable String words) {
        if (words != null) {
            prefix.appendTo(text, lines.incrementAndGet());
            text.append(label).append(":  ").append(words.replace("\n", "\n\t")).append('\n');
        }
    }

    /** PostgreSQL prints all five debug levels alike. */
    private static String label(Severity severity) {
        return severity.compareTo(Severity.LOG) < 0 ? "DEBUG" : severity.name();
    }

    /** A log that cannot be written has nowhere to say so; PostgreSQL ignores it too (LOG-10). */
    private void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException unwritable) {
            return;
        }
    }
}
