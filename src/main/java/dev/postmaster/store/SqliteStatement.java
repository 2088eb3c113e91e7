package dev.postmaster.store;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.sql.Kind;
import dev.postmaster.store.sql.SqliteText;
import dev.postmaster.store.sql.Translation;
import dev.postmaster.store.type.SqlError;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of a client, compiled once and run as often as it is asked. */
final class SqliteStatement implements Statement {
    private final SqliteStore store;
    private final Translation translation;
    private final ResultShape shape;

    /** Compiled and not running; null when it must be compiled for the next run. */
    private @Nullable NativeStatement idle;

    private boolean closed;

    SqliteStatement(SqliteStore store, Translation translation) {
        this.store = store;
        this.translation = translation;
        if (yieldsRows()) {
            NativeStatement compiled = compile();
            this.idle = compiled;
            this.shape = attempt(() -> ResultShape.of(translation, compiled));
        } else {
            this.shape = ResultShape.NONE;
        }
    }

    /** Whether one part of SQLite's may answer with rows; everything else is a command. */
    private boolean yieldsRows() {
        Kind kind = translation.kind();
        return (kind instanceof Kind.Query || kind instanceof Kind.Modify)
                && translation.parts().size() == 1;
    }

    @Override
    public Kind kind() {
        return translation.kind();
    }

    @Override
    public @Nullable String target() {
        return translation.target();
    }

    @Override
    public int[] parameterOids() {
        return translation.parameterOids().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public List<Column> columns() {
        return shape.columns();
    }

    @Override
    public Rows execute(List<? extends @Nullable Object> values) {
        if (closed) {
            throw new IllegalStateException("statement is closed");
        }
        store.sqlite().lockWait().begin();
        store.transaction().statementBegins();
        if (!yieldsRows()) {
            return new Commands(store, translation).run();
        }
        if (translation.kind() instanceof Kind.Modify) {
            store.transaction().requireWritable(translation.tag().name());
        }
        NativeStatement running = idle == null ? compile() : idle;
        idle = null;
        try {
            return attempt(() -> start(running, values));
        } catch (ReportException e) {
            release(running);
            throw e;
        }
    }

    private Rows start(NativeStatement running, List<? extends @Nullable Object> values) throws SQLException {
        boolean row = running.start(values.toArray());
        if (translation.explain()) {
            Rows plan = PlanRows.read(running, row);
            release(running);
            return plan;
        }
        if (running.columnCount() != shape.width()) {
            throw SqlError.of(SqlState.FEATURE_NOT_SUPPORTED, "cached plan must not change result type");
        }
        if (shape.width() > 0) {
            return new SqliteRows(this, running, row);
        }
        long changes = store.sqlite().changes();
        release(running);
        return new DoneRows(translation.tag().text(changes));
    }

    ResultShape shape() {
        return shape;
    }

    Translation translation() {
        return translation;
    }

    /** Keeps a statement that has run for the next time, or ends it. */
    void release(NativeStatement used) {
        try {
            if (used.reset() && idle == null && !closed) {
                idle = used;
            } else {
                used.close();
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private NativeStatement compile() {
        SqliteText text = translation.parts().getFirst();
        return attempt(() -> store.functions().compile(text.text()));
    }

    /** Runs a piece of SQLite's work; its failures become the client's. */
    <T> T attempt(SqliteWork<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private ReportException failure(SQLException e) {
        return store.failure(e, translation, translation.parts().getFirst());
    }

    @Override
    public void close() {
        closed = true;
        if (idle != null) {
            NativeStatement ended = idle;
            idle = null;
            release(ended);
        }
    }

    /** Work that fails with SQLite's exceptions. */
    interface SqliteWork<T> {
        T run() throws SQLException;
    }
}
