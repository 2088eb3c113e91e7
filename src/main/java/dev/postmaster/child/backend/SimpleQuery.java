package dev.postmaster.child.backend;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.store.Column;
import dev.postmaster.store.Rows;
import dev.postmaster.store.Statement;
import dev.postmaster.store.sql.SecretText;
import dev.postmaster.wire.BackendMessage.CommandComplete;
import dev.postmaster.wire.BackendMessage.Mark;
import java.io.IOException;
import java.util.List;

/**
 * The Query message (exec_simple_query): all statements of a string, results as text. Several statements are one
 * transaction, unless the client says otherwise among them.
 */
final class SimpleQuery {
    private final Engine engine;
    private final Client client;

    SimpleQuery(Engine engine, Client client) {
        this.engine = engine;
        this.client = client;
    }

    void run(String sql) throws IOException {
        engine.current().run(sql);
        List<String> statements = engine.runner().split(sql);
        Loggable text = new Loggable.Text(SecretText.masked(sql), statements);
        engine.log().begin(text);
        if (statements.isEmpty()) {
            client.send(Mark.EMPTY_QUERY_RESPONSE);
        }
        int end = 0;
        for (int i = 0; i < statements.size(); i++) {
            String statement = statements.get(i);
            int start = sql.indexOf(statement, end);
            end = start + statement.length();
            if (statements.size() > 1) {
                engine.block().beginImplicit();
            }
            String tag = timed(statement, sql.codePointCount(0, start));
            if (i == statements.size() - 1) {
                engine.block().endOwn();
            }
            client.send(new CommandComplete(tag));
        }
        engine.log().end(text);
    }

    /** {@code before}: how many characters of the string come before this statement. */
    private String timed(String statement, int before) throws IOException {
        engine.current().startClock();
        try {
            return execute(statement);
        } catch (ReportException e) {
            Report report = e.report();
            if (report.position() == 0 || before == 0) {
                throw e;
            }
            throw new ReportException(report.withPosition(before + report.position()), e);
        } finally {
            engine.current().stopClock();
        }
    }

    private String execute(String sql) throws IOException {
        try (Statement statement = engine.runner().prepare(sql);
                Rows rows = engine.runner().run(statement, List.of())) {
            List<Column> columns = rows.columns();
            if (!columns.isEmpty()) {
                engine.results().describe(columns, ResultFormats.TEXT);
                engine.results().rows(rows, columns, ResultFormats.TEXT, ResultSender.ALL_ROWS);
            }
            return rows.commandTag();
        }
    }
}
