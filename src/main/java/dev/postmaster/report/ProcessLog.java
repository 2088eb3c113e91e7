package dev.postmaster.report;

import dev.postmaster.logpipe.RecordForm;
import dev.postmaster.logpipe.RecordOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The log of one process (elog.c, {@code send_message_to_server_log}): plain text on standard error, or, once there is a
 * syslogger, a record in each of the forms that the destinations need (LOG-19). A plain record is one {@code write}, so
 * that records of several threads or processes on one descriptor do not mix.
 */
public final class ProcessLog implements Log {
    private final OutputStream standardError;
    private final InstantSource clock;
    private final TextForm text = new TextForm();
    private final CsvForm csv = new CsvForm();
    private final JsonForm json = new JsonForm();
    private volatile LogSource source;
    private volatile LogFormat format;

    /** Null before there is a syslogger. */
    private volatile @Nullable RecordOutput collector;

    /** Writes to a stream that is unbuffered, and open for the life of the process. */
    public ProcessLog(OutputStream standardError, LogSource source, LogFormat format, InstantSource clock) {
        this.standardError = standardError;
        this.source = source;
        this.format = format;
        this.clock = clock;
    }

    /** Takes effect with the next record: the settings changed. */
    public void format(LogFormat newFormat) {
        format = newFormat;
    }

    /** Takes effect with the next record: a backend has learned whom it serves. */
    public void source(LogSource newSource) {
        source = newSource;
    }

    /** Takes effect with the next record: what {@code ps} would show the session do. By the session's thread only. */
    public void doing(String command) {
        LogSource.Session session = source.session();
        if (session != null) {
            source = source.serving(session.doing(command));
        }
    }

    /** Takes effect with the next record: {@code application_name} was set. By the session's thread only. */
    public void application(String name) {
        LogSource.Session session = source.session();
        if (session != null && !session.application().equals(name)) {
            source = source.serving(session.as(name));
        }
    }

    /** From now on records go there: standard error speaks the chunk protocol ({@code redirection_done}). */
    public void collectTo(RecordOutput output) {
        collector = output;
    }

    /** From now on records go to standard error as plain text. */
    public void collectNoMore() {
        collector = null;
    }

    /** A time inside a message, in the zone of the log: {@code 2026-11-22 17:00:00 UTC}. */
    public String timestamp(Instant at) {
        return LogTime.seconds(at, format.zone());
    }

    @Override
    public void report(Report report) {
        report(source, report, null);
    }

    @Override
    public void report(Report report, Throwable thrown) {
        report(source, report, thrown);
    }

    @Override
    public Log about(LogSource.Session client) {
        return report -> report(source.serving(client), report, null);
    }

    /** Says something in the name of a program that cannot speak for itself. Any thread. */
    public void reportFor(LogSource speaker, Report report) {
        report(speaker, report, null);
    }

    private void report(LogSource speaker, Report report, @Nullable Throwable thrown) {
        LogFormat now = format;
        if (!report.severity().passesServerFilter(now.minMessages())) {
            return;
        }
        Location location = now.verbosity() == Verbosity.VERBOSE ? Location.of(thrown) : null;
        Entry entry = new Entry(report, speaker, now, clock.instant(), location);
        RecordOutput output = collector;
        if (output == null) {
            write(bytes(text, entry));
            return;
        }
        for (RecordForm form : now.forms()) {
            output.write(form, bytes(formatter(form), entry));
        }
    }

    private RecordFormatter formatter(RecordForm form) {
        return switch (form) {
            case TEXT -> text;
            case CSV -> csv;
            case JSON -> json;
        };
    }

    private static byte[] bytes(RecordFormatter formatter, Entry entry) {
        return formatter.format(entry).getBytes(StandardCharsets.UTF_8);
    }

    /** A log that cannot be written has nowhere to say so; PostgreSQL ignores it too (LOG-10). */
    private void write(byte[] record) {
        try {
            standardError.write(record);
            standardError.flush();
        } catch (IOException unwritable) {
            return;
        }
    }
}
