package dev.postmaster.child.backend;

import dev.postmaster.store.Column;
import dev.postmaster.store.Rows;
import dev.postmaster.store.sql.Kind;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prepared statement with its parameters' values, on its way through its rows (portalcmds.c, pquery.c). */
final class Portal {
    private final String name;
    private final Prepared prepared;
    private final List<@Nullable Object> values;
    private final ResultFormats formats;
    private @Nullable Rows rows;
    /** What the client was told now or earlier: the types it will read the rows by. */
    private @Nullable List<Column> described;

    /** The portal is a user of {@code prepared} until it is closed. */
    Portal(String name, Prepared prepared, List<@Nullable Object> values, ResultFormats formats) {
        this.name = name;
        this.prepared = prepared.use();
        this.values = values;
        this.formats = formats;
    }

    /** The text of the statement. */
    String sql() {
        return prepared.sql();
    }

    /** How the log calls it. */
    String title() {
        return prepared.title(name);
    }

    /** Whether an earlier Execute has begun to run it. */
    boolean isRunning() {
        return rows != null;
    }

    /** Its values, as the log shows them; empty if there are none. */
    String parameters() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "parameters: $" : ", $").append(i + 1).append(" = ");
            Object value = values.get(i);
            String words =
                    value instanceof byte[] bytes ? "\\x" + HexFormat.of().formatHex(bytes) : String.valueOf(value);
            text.append(value == null ? "NULL" : "'" + words.replace("'", "''") + "'");
        }
        return text.toString();
    }

    Kind kind() {
        return prepared.statement().kind();
    }

    ResultFormats formats() {
        return formats;
    }

    Prepared prepared() {
        return prepared;
    }

    /** What the client was told of the columns; null if nothing yet. */
    @Nullable
    List<Column> described() {
        return described;
    }

    void describe(List<Column> columns) {
        described = columns;
    }

    /** The rows from where the last Execute stopped; the first one runs the statement. */
    Rows rows(StatementRunner runner) throws IOException {
        Rows open = rows;
        if (open == null) {
            open = runner.run(prepared.statement(), values);
            rows = open;
        }
        return open;
    }

    void close() {
        if (rows != null) {
            rows.close();
        }
        prepared.release();
    }
}
