package dev.postmaster.child.backend;

import dev.postmaster.store.Column;
import dev.postmaster.store.Rows;
import dev.postmaster.store.type.TypeCodec;
import dev.postmaster.wire.BackendMessage.DataRow;
import dev.postmaster.wire.BackendMessage.RowDescription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes columns and rows for the client (printtup.c). */
final class ResultSender {
    /** As the number of rows to send: all of them. */
    static final int ALL_ROWS = 0;

    private final Client client;
    private final Turn turn;

    ResultSender(Client client, Turn turn) {
        this.client = client;
        this.turn = turn;
    }

    void describe(List<Column> columns, ResultFormats formats) throws IOException {
        List<RowDescription.Field> fields = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            fields.add(new RowDescription.Field(
                    column.name(),
                    column.tableOid(),
                    column.attributeNumber(),
                    column.typeOid(),
                    column.typeSize(),
                    column.typeModifier(),
                    formats.code(i)));
        }
        client.send(new RowDescription(fields));
    }

    /** Sends up to {@code limit} rows; false if it stopped at the limit, and there may be more. */
    boolean rows(Rows rows, List<Column> columns, ResultFormats formats, int limit) throws IOException {
        int sent = 0;
        while (limit <= ALL_ROWS || sent < limit) {
            turn.heed();
            if (!rows.next()) {
                return true;
            }
            client.send(row(rows, columns, formats));
            sent++;
        }
        return false;
    }

    private static DataRow row(Rows rows, List<Column> columns, ResultFormats formats) {
        List<byte @Nullable []> values = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            Object value = rows.value(i);
            values.add(
                    value == null
                            ? null
                            : TypeCodec.encode(value, columns.get(i).typeOid(), formats.code(i)));
        }
        return new DataRow(values);
    }
}
