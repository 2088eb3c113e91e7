package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.Column;
import dev.postmaster.store.Rows;
import dev.postmaster.store.Statement;
import dev.postmaster.store.sql.Kind;
import dev.postmaster.store.type.TypeCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements that the session executes by running others: PREPARE, EXECUTE and COPY (prepare.c, copy.c). */
final class CompositeCommands {
    private final PreparedStatements prepared;
    private final TransactionBlock block;
    private final Client client;
    private final Inbox inbox;
    private final Turn turn;

    CompositeCommands(PreparedStatements prepared, TransactionBlock block, Connection connection, Inbox inbox) {
        this.prepared = prepared;
        this.block = block;
        this.client = connection.client();
        this.inbox = inbox;
        this.turn = connection.turn();
    }

    Rows run(Kind.Composite command, StatementRunner runner) throws IOException {
        return switch (command) {
            case Kind.Prepare prepare -> prepare(prepare, runner);
            case Kind.Execute execute -> execute(execute, runner);
            case Kind.CopyIn copy -> copyIn(copy, runner);
            case Kind.CopyOut copy -> TextRows.none("COPY " + new CopyOut(runner, client, turn).run(copy));
        };
    }

    private Rows prepare(Kind.Prepare command, StatementRunner runner) {
        prepared.requireFree(command.name());
        int[] types = command.types().stream().mapToInt(Integer::intValue).toArray();
        prepared.add(
                command.name(),
                new Prepared(command.name(), command.sql().strip(), runner.prepare(command.sql(), types)));
        return TextRows.none("PREPARE");
    }

    private Rows execute(Kind.Execute command, StatementRunner runner) throws IOException {
        Statement statement = prepared.require(command.name()).statement();
        if (statement.kind() instanceof Kind.Execute) {
            throw error(SqlState.FEATURE_NOT_SUPPORTED, "EXECUTE of an EXECUTE is not supported");
        }
        return runner.run(statement, values(command, statement.parameterOids(), runner));
    }

    /** What the expressions come to, each as its text, read as the parameter's type. */
    private static List<@Nullable Object> values(Kind.Execute command, int[] types, StatementRunner runner)
            throws IOException {
        List<@Nullable Object> values = new ArrayList<>(types.length);
        if (!command.values().isEmpty()) {
            String query = "SELECT " + command.values();
            try (Statement evaluation = StatementRunner.unplaced(() -> runner.prepare(query));
                    Rows row = runner.run(evaluation, List.of())) {
                List<Column> columns = row.columns();
                requireCount(command.name(), types.length, columns.size());
                row.next();
                for (int i = 0; i < types.length; i++) {
                    Object value = row.value(i);
                    values.add(value == null ? null : converted(value, columns.get(i), types[i]));
                }
            }
        }
        requireCount(command.name(), types.length, values.size());
        return values;
    }

    private static Object converted(Object value, Column from, int type) {
        return TypeCodec.decode(TypeCodec.encode(value, from.typeOid(), TypeCodec.TEXT), type, TypeCodec.TEXT);
    }

    private static void requireCount(String name, int expected, int got) {
        if (expected != got) {
            Report report = error(
                            SqlState.SYNTAX_ERROR, "wrong number of parameters for prepared statement \"" + name + "\"")
                    .report();
            throw new ReportException(report.withDetail("Expected " + expected + " parameters but got " + got + "."));
        }
    }

    /** All lines are one transaction, if they are not part of a greater one. */
    private Rows copyIn(Kind.CopyIn copy, StatementRunner runner) throws IOException {
        block.beginImplicit();
        return TextRows.none("COPY " + new CopyIn(runner, client, inbox).run(copy));
    }
}
