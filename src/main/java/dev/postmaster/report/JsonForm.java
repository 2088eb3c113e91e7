package dev.postmaster.report;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The JSON form (LOG-24, jsonlog.c): one object a line, keys in PostgreSQL's order, nothing instead of null. */
final class JsonForm implements RecordFormatter {
    private final AtomicLong lines = new AtomicLong();

    @Override
    public String format(Entry entry) {
        JsonLine line = new JsonLine();
        LogSource source = entry.source();
        line.text("timestamp", entry.time());
        client(line, source);
        line.text("session_id", source.sessionId()).number("line_num", lines.incrementAndGet());
        LogSource.Session session = source.session();
        line.text("ps", session == null ? null : session.command());
        line.text("session_start", entry.sessionStart()).number("txid", 0);
        report(line, entry);
        location(line, entry.location());
        line.text(
                "application_name", session == null || session.application().isEmpty() ? null : session.application());
        return line.text("backend_type", source.backendType())
                .number("query_id", 0)
                .end();
    }

    private static void client(JsonLine line, LogSource source) {
        LogSource.Session session = source.session();
        line.text("user", session == null ? null : session.userIfKnown());
        line.text("dbname", session == null ? null : session.databaseIfKnown());
        line.number("pid", source.pid());
        if (session != null) {
            line.text("remote_host", session.remoteHost());
            line.positive("remote_port", session.remotePort());
        }
    }

    private static void report(JsonLine line, Entry entry) {
        Report report = entry.report();
        line.text("error_severity", entry.severity());
        line.text("state_code", report.sqlState() == SqlState.SUCCESSFUL_COMPLETION ? null : entry.sqlState());
        line.text("message", report.message());
        line.text("detail", report.detailForLog()).text("hint", report.hint()).text("context", report.context());
        String statement = entry.statement();
        line.text("statement", statement);
        line.positive("cursor_position", statement == null ? 0 : report.position());
    }

    private static void location(JsonLine line, @Nullable Location location) {
        if (location != null) {
            line.text("func_name", location.function()).text("file_name", location.file());
            line.number("file_line_num", location.line());
        }
    }
}
