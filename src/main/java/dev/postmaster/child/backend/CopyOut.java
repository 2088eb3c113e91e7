package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.report.SqlState;
import dev.postmaster.store.Column;
import dev.postmaster.store.Rows;
import dev.postmaster.store.Statement;
import dev.postmaster.store.copy.CopyWriter;
import dev.postmaster.store.sql.Kind;
import dev.postmaster.store.type.TypeCodec;
import dev.postmaster.wire.BackendMessage.CopyData;
import dev.postmaster.wire.BackendMessage.CopyOutResponse;
import dev.postmaster.wire.BackendMessage.Mark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** COPY TO STDOUT: a query whose rows are sent as lines (copyto.c). */
final class CopyOut {
    private final StatementRunner runner;
    private final Client client;
    private final Turn turn;

    CopyOut(StatementRunner runner, Client client, Turn turn) {
        this.runner = runner;
        this.client = client;
        this.turn = turn;
    }

    /** The number of rows. */
    long run(Kind.CopyOut copy) throws IOException {
        CopyWriter lines = new CopyWriter(copy.format());
        try (Statement query = givingRows(StatementRunner.unplaced(() -> runner.prepare(copy.query())));
                Rows rows = runner.run(query, List.of())) {
            List<Column> columns = rows.columns();
            client.send(new CopyOutResponse(columns.size()));
            if (copy.format().header()) {
                client.send(new CopyData(
                        lines.line(columns.stream().map(Column::name).toList())));
            }
            long count = 0;
            while (rows.next()) {
                turn.heed();
                client.send(new CopyData(lines.line(values(rows, columns))));
                count++;
            }
            client.send(Mark.COPY_DONE);
            return count;
        }
    }

    private static Statement givingRows(Statement query) {
        if (query.kind() instanceof Kind.Modify && query.columns().isEmpty()) {
            query.close();
            throw error(SqlState.FEATURE_NOT_SUPPORTED, "COPY query must have a RETURNING clause");
        }
        return query;
    }

    private static List<@Nullable String> values(Rows rows, List<Column> columns) {
        List<@Nullable String> values = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            Object value = rows.value(i);
            int type = columns.get(i).typeOid();
            values.add(
                    value == null
                            ? null
                            : new String(TypeCodec.encode(value, type, TypeCodec.TEXT), StandardCharsets.UTF_8));
        }
        return values;
    }
}
