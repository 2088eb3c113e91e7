package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.Column;
import dev.postmaster.store.Statement;
import dev.postmaster.store.copy.CopyReader;
import dev.postmaster.store.sql.Kind;
import dev.postmaster.store.type.TypeCodec;
import dev.postmaster.wire.BackendMessage.CopyInResponse;
import dev.postmaster.wire.FrontendMessage;
import dev.postmaster.wire.FrontendMessage.CopyData;
import dev.postmaster.wire.FrontendMessage.CopyDone;
import dev.postmaster.wire.FrontendMessage.CopyFail;
import dev.postmaster.wire.FrontendMessage.EndOfInput;
import dev.postmaster.wire.FrontendMessage.Flush;
import dev.postmaster.wire.FrontendMessage.Malformed;
import dev.postmaster.wire.FrontendMessage.Sync;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** COPY FROM STDIN: one INSERT, run for each line that the client sends (copyfrom.c). */
final class CopyIn {
    private final StatementRunner runner;
    private final Client client;
    private final Inbox inbox;

    CopyIn(StatementRunner runner, Client client, Inbox inbox) {
        this.runner = runner;
        this.client = client;
        this.inbox = inbox;
    }

    /** The number of rows. The caller has opened a transaction: all of them are one statement's. */
    long run(Kind.CopyIn copy) throws IOException {
        List<Column> columns = columns(copy);
        CopyReader lines = new CopyReader(copy.format());
        try (Statement insert = insert(copy.table(), columns)) {
            client.send(new CopyInResponse(columns.size()));
            client.flush();
            long rows = 0;
            boolean more = true;
            while (more) {
                more = receive(lines, copy.table());
                rows += insert(lines, insert, columns, copy.table());
            }
            return rows;
        }
    }

    private List<Column> columns(Kind.CopyIn copy) {
        String list = copy.columns();
        String names = list.isEmpty() ? "*" : list.substring(1, list.length() - 1);
        String query = "SELECT " + names + " FROM " + copy.table();
        try (Statement look = StatementRunner.unplaced(() -> runner.prepare(query, new int[0]))) {
            return look.columns();
        }
    }

    private Statement insert(String table, List<Column> columns) {
        StringBuilder names = new StringBuilder();
        StringBuilder values = new StringBuilder();
        int[] types = new int[columns.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = columns.get(i).typeOid();
            String comma = i == 0 ? "" : ", ";
            names.append(comma)
                    .append('"')
                    .append(columns.get(i).name().replace("\"", "\"\""))
                    .append('"');
            values.append(comma).append('$').append(i + 1);
        }
        String sql = "INSERT INTO " + table + " (" + names + ") VALUES (" + values + ")";
        return StatementRunner.unplaced(() -> runner.prepare(sql, types));
    }

    /** Takes the client's next message; false if it was the last. */
    private boolean receive(CopyReader lines, String table) throws IOException {
        FrontendMessage message = inbox.next();
        if (message instanceof CopyData data) {
            feed(lines, data.data(), table);
            return true;
        }
        if (message instanceof CopyDone) {
            lines.end();
            return false;
        }
        if (message instanceof Flush || message instanceof Sync) {
            return true; // a client may send them with the statement, before it knows that it is a COPY
        }
        throw unexpected(message);
    }

    private static void feed(CopyReader lines, byte[] data, String table) {
        try {
            lines.feed(data);
        } catch (ReportException e) {
            throw inLine(e, lines, table);
        }
    }

    /** What failed and where, as far as it does not say so itself. */
    private static ReportException inLine(ReportException failure, CopyReader lines, String table) {
        String column = failure.report().context();
        String place = "COPY " + table + ", line " + lines.line()
                + (column == null ? ": \"" + lines.lineText() + '"' : column);
        return new ReportException(failure.report().withContext(place), failure);
    }

    private static ReportException unexpected(FrontendMessage message) {
        if (message instanceof CopyFail fail) {
            return error(SqlState.QUERY_CANCELED, "COPY from stdin failed: " + fail.reason());
        }
        if (message instanceof Malformed malformed) {
            return new ReportException(malformed.report());
        }
        if (message instanceof EndOfInput) {
            return error(SqlState.CONNECTION_FAILURE, "unexpected EOF on client connection with an open transaction");
        }
        return error(SqlState.PROTOCOL_VIOLATION, "unexpected message type during COPY from stdin");
    }

    private long insert(CopyReader lines, Statement insert, List<Column> columns, String table) throws IOException {
        long rows = 0;
        try {
            List<@Nullable String> line = lines.next();
            while (line != null) {
                runner.run(insert, values(line, columns)).close();
                rows++;
                line = lines.next();
            }
        } catch (ReportException e) {
            throw inLine(e, lines, table);
        }
        return rows;
    }

    private static List<@Nullable Object> values(List<@Nullable String> line, List<Column> columns) {
        if (line.size() > columns.size()) {
            throw error(SqlState.BAD_COPY_FILE_FORMAT, "extra data after last expected column");
        }
        if (line.size() < columns.size()) {
            String missing = columns.get(line.size()).name();
            throw error(SqlState.BAD_COPY_FILE_FORMAT, "missing data for column \"" + missing + "\"");
        }
        List<@Nullable Object> values = new ArrayList<>(line.size());
        for (int i = 0; i < line.size(); i++) {
            String text = line.get(i);
            values.add(text == null ? null : value(text, columns.get(i)));
        }
        return values;
    }

    private static Object value(String text, Column column) {
        try {
            return TypeCodec.decode(text.getBytes(StandardCharsets.UTF_8), column.typeOid(), TypeCodec.TEXT);
        } catch (ReportException e) {
            String place = ", column " + column.name() + ": \"" + CopyReader.shown(text) + '"';
            throw new ReportException(e.report().withContext(place), e);
        }
    }
}
