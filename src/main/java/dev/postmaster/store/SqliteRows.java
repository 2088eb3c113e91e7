package dev.postmaster.store;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as SQLite finds them, one ahead of the reader. */
final class SqliteRows implements Rows {
    private final SqliteStatement statement;
    private final NativeStatement running;
    private final List<Column> columns;
    private @Nullable Object @Nullable [] ahead;
    private @Nullable Object[] current = {};
    private long read;
    private boolean closed;

    SqliteRows(SqliteStatement statement, NativeStatement running, boolean row) throws SQLException {
        this.statement = statement;
        this.running = running;
        this.ahead = row ? running.row(statement.shape().width()) : null;
        this.columns =
                ahead == null ? statement.shape().columns() : statement.shape().columns(ahead);
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public boolean next() {
        if (read > 0 && ahead != null && !closed) {
            boolean row = statement.attempt(running::step);
            ahead = row ? statement.attempt(() -> running.row(columns.size())) : null;
        }
        if (ahead == null) {
            return false;
        }
        current = ahead;
        read++;
        return true;
    }

    @Override
    public @Nullable Object value(int column) {
        return current[column];
    }

    @Override
    public String commandTag() {
        return statement.translation().tag().text(read);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            statement.release(running);
        }
    }
}
