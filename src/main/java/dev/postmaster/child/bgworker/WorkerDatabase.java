package dev.postmaster.child.bgworker;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.shmem.ActivityState;
import dev.postmaster.shmem.SessionArea;
import dev.postmaster.store.Column;
import dev.postmaster.store.Rows;
import dev.postmaster.store.Statement;
import dev.postmaster.store.Store;
import dev.postmaster.store.TransactionStatus;
import dev.postmaster.store.sql.Kind;
import dev.postmaster.worker.Database;
import dev.postmaster.worker.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker's database over the store. */
final class WorkerDatabase implements Database, AutoCloseable {
    private static final int[] AS_THE_TEXT_TELLS = {};

    private final Store store;
    private final SessionArea session;

    /** @param session told what the worker does here, for whoever looks */
    WorkerDatabase(Store store, SessionArea session) {
        this.store = store;
        this.session = session;
    }

    @Override
    public long execute(String sql, @Nullable Object... values) {
        List<String> statements = values.length == 0 ? store.split(sql) : List.of(sql);
        long changed = 0;
        for (String statement : statements) {
            changed = run(statement, values, (columns, rows) -> {
                boolean more = rows.next();
                while (more) {
                    more = rows.next();
                }
                return changed(rows.commandTag());
            });
        }
        return changed;
    }

    @Override
    public List<Row> query(String sql, @Nullable Object... values) {
        return run(sql, values, WorkerDatabase::readAll);
    }

    private static List<Row> readAll(List<String> columns, Rows rows) {
        List<Row> read = new ArrayList<>();
        while (rows.next()) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                values.add(rows.value(i));
            }
            read.add(new Row(columns, values));
        }
        return read;
    }

    /** What becomes of the rows of a statement. */
    private interface Reader<T> {
        T read(List<String> columns, Rows rows);
    }

    private <T> T run(String sql, @Nullable Object[] values, Reader<T> reader) {
        List<@Nullable Object> stored = new ArrayList<>();
        for (Object value : values) {
            stored.add(stored(value));
        }
        session.running(sql, Instant.now());
        try (Statement statement = store.prepare(sql, AS_THE_TEXT_TELLS)) {
            refuseWhatSessionsDo(statement.kind());
            List<String> columns =
                    statement.columns().stream().map(Column::name).toList();
            try (Rows rows = statement.execute(stored)) {
                return reader.read(columns, rows);
            }
        } finally {
            waits();
        }
    }

    private void waits() {
        boolean inTransaction = store.transactionStatus() != TransactionStatus.IDLE;
        session.enter(inTransaction ? ActivityState.IDLE_IN_TRANSACTION : ActivityState.IDLE, Instant.now());
    }

    private static void refuseWhatSessionsDo(Kind kind) {
        if (kind instanceof Kind.SessionCommand || kind instanceof Kind.Composite) {
            throw new ReportException(Report.of(
                    Severity.ERROR,
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "a background worker runs no statements that concern a session"));
        }
    }

    private static @Nullable Object stored(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Long number -> number;
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Double number -> number;
            case Float number -> number.doubleValue();
            case Boolean truth -> truth ? 1L : 0L;
            case String text -> text;
            case byte[] bytes -> bytes;
            default -> throw new IllegalArgumentException("no SQL value: " + value.getClass());
        };
    }

    /** The number behind {@code INSERT 0 3} and {@code UPDATE 2}; other tags have none. */
    private static long changed(String tag) {
        boolean counts = tag.startsWith("INSERT ") || tag.startsWith("UPDATE ") || tag.startsWith("DELETE ");
        return counts ? Long.parseLong(tag.substring(tag.lastIndexOf(' ') + 1)) : 0;
    }

    @Override
    public <T extends @Nullable Object, E extends Exception> T transaction(Work<T, E> work) throws E {
        if (store.transactionStatus() != TransactionStatus.IDLE) {
            throw new IllegalStateException("a transaction is open");
        }
        store.begin(false);
        try {
            T result = work.run();
            store.commit();
            return result;
        } finally {
            store.rollback(); // nothing is left to roll back if all went well
            waits();
        }
    }

    void interrupt() {
        store.interrupt();
    }

    @Override
    public void close() {
        store.close();
    }
}
