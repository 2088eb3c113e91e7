package dev.postmaster.child.backend;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.Column;
import dev.postmaster.store.Rows;
import dev.postmaster.store.Statement;
import dev.postmaster.store.Store;
import dev.postmaster.store.TransactionStatus;
import dev.postmaster.store.sql.Kind;
import dev.postmaster.store.type.PgType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A store of a few words: {@code rows N} gives N rows, {@code wait} works until it is interrupted, {@code fail} fails,
 * {@code flood} gives rows without end; transaction statements do what they say. It writes down what it is told.
 */
final class ScriptedStore implements Store {
    final List<String> told = new CopyOnWriteArrayList<>();
    final CountDownLatch waiting = new CountDownLatch(1);

    private boolean open;
    private boolean interrupted;
    private boolean running;

    @Override
    public List<String> split(String sql) {
        return Arrays.stream(sql.split(";", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    @Override
    public Statement prepare(String sql, int[] parameterOids) {
        return new Script(sql);
    }

    @Override
    public Statement prepare(String sql) {
        return new Script(sql);
    }

    @Override
    public TransactionStatus transactionStatus() {
        return open ? TransactionStatus.IN_TRANSACTION : TransactionStatus.IDLE;
    }

    @Override
    public void begin(boolean readOnly) {
        told.add(readOnly ? "begin read only" : "begin");
        open = true;
    }

    @Override
    public void commit() {
        if (open) {
            told.add("commit");
            open = false;
        }
    }

    @Override
    public void rollback() {
        if (open) {
            told.add("rollback");
            open = false;
        }
    }

    @Override
    public void forbidWrites() {
        told.add("forbid writes");
    }

    @Override
    public void setSynchronousCommit(boolean on) {
        told.add("synchronous commit " + on);
    }

    @Override
    public void setQueryOnly(boolean on) {
        told.add("query only " + on);
    }

    @Override
    public void setLockTimeout(int millis) {
        told.add("lock timeout " + millis);
    }

    @Override
    public synchronized void interrupt() {
        if (running) {
            interrupted = true;
            notifyAll();
        }
    }

    private synchronized void waitForInterrupt() {
        running = true;
        waiting.countDown();
        try {
            while (!interrupted) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running = false;
            interrupted = false;
        }
        throw Errors.error(SqlState.QUERY_CANCELED, "interrupted");
    }

    @Override
    public void close() {
        told.add("close");
    }

    private final class Script implements Statement {
        private final String sql;
        private final String[] words;

        Script(String sql) {
            this.sql = sql;
            this.words = sql.split(" ");
            if (words[0].equals("nonsense")) {
                throw new ReportException(Errors.error(SqlState.SYNTAX_ERROR, "syntax error at or near \"nonsense\"")
                        .report()
                        .withPosition(1));
            }
        }

        @Override
        public Kind kind() {
            return switch (words[0]) {
                case "" -> new Kind.Empty();
                case "begin" ->
                    new Kind.Begin(new Kind.TransactionModes(sql.contains("read only") ? true : null, null));
                case "commit" -> new Kind.Commit(sql.contains("chain"));
                case "rollback" ->
                    words.length == 3 && words[1].equals("to")
                            ? new Kind.RollbackTo(words[2])
                            : new Kind.Rollback(sql.contains("chain"));
                case "savepoint" -> new Kind.Savepoint(words[1]);
                case "release" -> new Kind.Release(words[1]);
                case "set" ->
                    words[1].equals("local")
                            ? new Kind.Set(words[2], List.of(words[3]), true)
                            : new Kind.Set(words[1], words.length < 3 ? List.of() : List.of(words[2]), false);
                case "show" -> new Kind.Show(words[1]);
                case "reset" -> new Kind.Reset(words[1]);
                case "discard" -> new Kind.Discard(words[1]);
                case "deallocate" -> new Kind.Deallocate(words[1].equals("all") ? null : words[1]);
                case "checkpoint" -> new Kind.Checkpoint();
                case "vacuum" -> new Kind.Utility(false);
                case "drop" -> new Kind.DropDatabase(words[1], false);
                case "insert" -> new Kind.Modify();
                default -> new Kind.Query();
            };
        }

        @Override
        public @Nullable String target() {
            return null;
        }

        @Override
        public int[] parameterOids() {
            return sql.contains("$1") ? new int[] {PgType.INT4.oid()} : new int[0];
        }

        @Override
        public List<Column> columns() {
            boolean rows = words[0].equals("rows") || words[0].equals("flood");
            return rows ? List.of(Column.of("n", PgType.TEXT)) : List.of();
        }

        @Override
        public Rows execute(List<? extends @Nullable Object> values) {
            told.add(sql + (values.isEmpty() ? "" : " " + values));
            switch (words[0]) {
                case "begin" -> open = true;
                case "wait" -> waitForInterrupt();
                case "fail" -> throw Errors.error(SqlState.DIVISION_BY_ZERO, "division by zero");
                default -> {}
            }
            long count = words[0].equals("flood")
                    ? Long.MAX_VALUE
                    : words.length > 1 && columns().size() == 1 ? Long.parseLong(words[1]) : 0;
            return new Numbers(words[0].toUpperCase(java.util.Locale.ROOT), columns(), count);
        }

        @Override
        public void close() {
            told.add("close " + sql);
        }
    }

    /** Rows 1 to {@code count}. */
    private static final class Numbers implements Rows {
        private final String tag;
        private final List<Column> columns;
        private final long count;
        private long at;

        Numbers(String tag, List<Column> columns, long count) {
            this.tag = tag;
            this.columns = columns;
            this.count = count;
        }

        @Override
        public List<Column> columns() {
            return columns;
        }

        @Override
        public boolean next() {
            return at < count && ++at > 0;
        }

        @Override
        public Object value(int column) {
            return at;
        }

        @Override
        public String commandTag() {
            return columns.isEmpty() ? tag : "SELECT " + at;
        }

        @Override
        public void close() {}
    }

    /** What it was told so far, without the settings every session begins with. */
    List<String> story() {
        List<String> story = new ArrayList<>(told);
        story.removeIf(
                line -> line.startsWith("synchronous") || line.startsWith("lock timeout") || line.startsWith("close "));
        return story;
    }
}
