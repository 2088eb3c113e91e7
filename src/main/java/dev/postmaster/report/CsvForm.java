package dev.postmaster.report;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The csv form (LOG-23, csvlog.c): 26 columns, of which those stay empty that nothing here has: virtual transaction,
 * internal query and its position, parallel leader. The transaction and the query id are 0.
 */
final class CsvForm implements RecordFormatter {
    private final AtomicLong lines = new AtomicLong();

    @Override
    public String format(Entry entry) {
        Row row = new Row();
        LogSource source = entry.source();
        LogSource.Session session = source.session();
        row.plain(entry.time());
        row.quoted(session == null ? null : session.userIfKnown());
        row.quoted(session == null ? null : session.databaseIfKnown());
        row.plain(Integer.toString(source.pid()));
        row.quoted(session == null ? null : address(session));
        row.plain(source.sessionId());
        row.plain(Long.toString(lines.incrementAndGet()));
        row.quoted(session == null ? null : session.command());
        row.plain(entry.sessionStart());
        row.plain("").plain("0");
        row.plain(entry.severity()).plain(entry.sqlState());
        Report report = entry.report();
        row.quoted(report.message());
        row.quoted(report.detailForLog()).quoted(report.hint());
        row.plain("").plain("");
        row.quoted(report.context());
        String statement = entry.statement();
        int position = statement == null ? 0 : report.position();
        row.quoted(statement).plain(position == 0 ? "" : Integer.toString(position));
        row.quoted(entry.location() == null ? null : entry.location().toString());
        row.quoted(session == null ? "" : session.application());
        row.quoted(source.backendType());
        row.plain("").plain("0");
        return row.end();
    }

    private static String address(LogSource.Session session) {
        return session.remotePort() == 0 ? session.remoteHost() : session.remoteHost() + ":" + session.remotePort();
    }

    /** One line in the making: columns with commas between them. */
    private static final class Row {
        private final StringBuilder text = new StringBuilder(256);

        Row plain(String value) {
            text.append(text.isEmpty() ? "" : ",").append(value);
            return this;
        }

        /** In quotes, those within doubled; nothing at all if there is no value. */
        Row quoted(@Nullable String value) {
            return plain(value == null ? "" : '"' + value.replace("\"", "\"\"") + '"');
        }

        String end() {
            return text.append('\n').toString();
        }
    }
}
