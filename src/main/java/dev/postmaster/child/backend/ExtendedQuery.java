package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.report.SqlState;
import dev.postmaster.store.Column;
import dev.postmaster.store.Rows;
import dev.postmaster.store.sql.Kind;
import dev.postmaster.store.type.TypeCodec;
import dev.postmaster.wire.BackendMessage.CommandComplete;
import dev.postmaster.wire.BackendMessage.Mark;
import dev.postmaster.wire.BackendMessage.ParameterDescription;
import dev.postmaster.wire.FrontendMessage.Bind;
import dev.postmaster.wire.FrontendMessage.Close;
import dev.postmaster.wire.FrontendMessage.Describe;
import dev.postmaster.wire.FrontendMessage.Execute;
import dev.postmaster.wire.FrontendMessage.Parse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parse, Bind, Describe, Execute and Close (exec_parse_message and its kin): statements are prepared under a name, bound
 * to values as a portal, and run from there, as many rows at a time as the client likes.
 */
final class ExtendedQuery {
    private final Engine engine;
    private final Client client;
    private final PreparedStatements statements;
    private final Portals portals;
    private final ToldColumns toldColumns;

    ExtendedQuery(Engine engine, Client client, PreparedStatements statements, Portals portals) {
        this.engine = engine;
        this.client = client;
        this.statements = statements;
        this.portals = portals;
        this.toldColumns = new ToldColumns(statements);
    }

    void parse(Parse message) throws IOException {
        engine.current().run(message.sql());
        engine.log().beginStep();
        statements.requireFree(message.name());
        List<String> parts = engine.runner().split(message.sql());
        if (parts.size() > 1) {
            throw error(SqlState.SYNTAX_ERROR, "cannot insert multiple commands into a prepared statement");
        }
        String sql = parts.isEmpty() ? "" : parts.getFirst();
        Prepared prepared =
                new Prepared(message.name(), message.sql(), engine.runner().prepare(sql, message.parameterOids()));
        statements.add(message.name(), prepared);
        client.send(Mark.PARSE_COMPLETE);
        engine.log().end(new Loggable.Parsing(prepared));
    }

    void bind(Bind message) throws IOException {
        engine.log().beginStep();
        Prepared prepared = statements.require(message.statement());
        engine.current().name(prepared.sql());
        engine.block().refuseIfFailed(prepared.statement().kind());
        List<@Nullable Object> values = values(message, prepared.statement().parameterOids());
        int columns = statements.giverOfRows(prepared).columns().size();
        ResultFormats formats = ResultFormats.of(
                message.resultFormats(),
                columns,
                "bind message has " + message.resultFormats().length + " result formats but query has " + columns
                        + " columns");
        portals.requireFree(message.portal());
        Portal portal = new Portal(message.portal(), prepared, values, formats);
        portals.add(message.portal(), portal);
        client.send(Mark.BIND_COMPLETE);
        engine.log().end(new Loggable.OfPortal("bind", portal));
    }

    private static List<@Nullable Object> values(Bind message, int[] types) {
        int count = message.values().size();
        ResultFormats formats = ResultFormats.of(
                message.parameterFormats(),
                count,
                "bind message has " + message.parameterFormats().length + " parameter formats but " + count
                        + " parameters");
        if (count != types.length) {
            throw error(
                    SqlState.PROTOCOL_VIOLATION,
                    "bind message supplies " + count + " parameters, but prepared statement \"" + message.statement()
                            + "\" requires " + types.length);
        }
        List<@Nullable Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] bytes = message.values().get(i);
            values.add(bytes == null ? null : TypeCodec.decode(bytes, types[i], formats.code(i)));
        }
        return values;
    }

    void describe(Describe message) throws IOException {
        switch (message.target()) {
            case STATEMENT -> {
                Prepared prepared = statements.require(message.name());
                client.send(new ParameterDescription(prepared.statement().parameterOids()));
                describe(statements.giverOfRows(prepared).columns(), ResultFormats.TEXT);
            }
            case PORTAL -> {
                Portal portal = portals.require(message.name());
                engine.block().beginPipeline();
                describe(toldColumns.of(portal, engine.runner()), portal.formats());
            }
        }
    }

    private void describe(List<Column> columns, ResultFormats formats) throws IOException {
        if (columns.isEmpty()) {
            client.send(Mark.NO_DATA);
        } else {
            engine.results().describe(columns, formats);
        }
    }

    void execute(Execute message) throws IOException {
        Portal portal = portals.require(message.portal());
        engine.current().run(portal.sql());
        engine.block().beginPipeline();
        engine.current().startClock();
        Loggable work = new Loggable.OfPortal(portal.isRunning() ? "execute fetch from" : "execute", portal);
        try {
            engine.log().begin(work);
            execute(portal, message.maxRows());
            engine.log().end(work);
        } finally {
            engine.current().stopClock();
        }
    }

    private void execute(Portal portal, int maxRows) throws IOException {
        Rows rows = portal.rows(engine.runner());
        if (portal.kind() instanceof Kind.Empty) {
            client.send(Mark.EMPTY_QUERY_RESPONSE);
        } else if (engine.results().rows(rows, toldColumns.of(portal, engine.runner()), portal.formats(), maxRows)) {
            client.send(new CommandComplete(rows.commandTag()));
        } else {
            client.send(Mark.PORTAL_SUSPENDED);
        }
    }

    void close(Close message) throws IOException {
        switch (message.target()) {
            case STATEMENT -> statements.remove(message.name());
            case PORTAL -> portals.close(message.name());
        }
        client.send(Mark.CLOSE_COMPLETE);
    }
}
