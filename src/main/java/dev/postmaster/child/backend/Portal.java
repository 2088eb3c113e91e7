package dev.postmaster.child.backend;

import dev.postmaster.store.Column;
import dev.postmaster.store.Rows;
import dev.postmaster.store.sql.Kind;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prepared statement with its parameters' values, on its way through its rows (portalcmds.c, pquery.c). */
final class Portal implements Loggable {
    private final Prepared prepared;
    private final List<@Nullable Object> values;
    private final ResultFormats formats;
    private final ToldColumns known;
    private @Nullable Rows rows;
    /** What the client was told now or earlier: the types it will read the rows by. */
    private @Nullable List<Column> described;

    /** The portal is a user of {@code prepared} until it is closed. */
    Portal(Prepared prepared, List<@Nullable Object> values, ResultFormats formats, ToldColumns known) {
        this.prepared = prepared.use();
        this.values = values;
        this.formats = formats;
        this.known = known;
    }

    /** The text of the statement. */
    String sql() {
        return prepared.sql();
    }

    @Override
    public String title() {
        return prepared.execution();
    }

    @Override
    public List<String> statements() {
        return List.of(sql());
    }

    @Override
    public String detail() {
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

    /**
     * The columns that rows are described and written by. A query is started for it: SQLite knows the type of an
     * expression only from its first value, and nobody can see that the query has begun.
     */
    List<Column> columns(StatementRunner runner) throws IOException {
        List<Column> told = described;
        if (told == null) {
            told = kind() instanceof Kind.Query || kind() instanceof Kind.Execute
                    ? known.tell(prepared.sql(), rows(runner).columns())
                    : prepared.columns();
            described = told;
        }
        return told;
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
