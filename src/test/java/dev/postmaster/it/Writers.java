package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Sessions that commit rows one by one, each in a table of its own, and remember what was acknowledged. */
final class Writers implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final List<Writer> writers = new ArrayList<>();
    private final List<Future<?>> runs = new ArrayList<>();

    static Writers start(RunningPostmaster postmaster, int count) throws SQLException {
        var all = new Writers();
        for (int i = 0; i < count; i++) {
            var writer = new Writer(postmaster.connect(), i);
            all.writers.add(writer);
            all.runs.add(all.threads.submit(() -> writer.run(all.stopping)));
        }
        all.eachCommitsOnceMore();
        return all;
    }

    void eachCommitsOnceMore() {
        var before = writers.stream().map(Writer::acknowledged).toList();
        Deadline.await("every writer commits once more", RunningPostmaster.PATIENCE, () -> {
            for (int i = 0; i < writers.size(); i++) {
                if (writers.get(i).acknowledged() <= before.get(i) && writers.get(i).failure == null) {
                    return false;
                }
            }
            return true;
        });
    }

    void stop() throws ExecutionException, InterruptedException {
        stopping.set(true);
        for (Future<?> run : runs) {
            run.get();
        }
    }

    void awaitAllFailed() {
        Deadline.await("every writer lost its session", RunningPostmaster.PATIENCE, () -> writers.stream()
                .allMatch(writer -> writer.failure != null));
    }

    List<SQLException> failures() {
        var failures = new ArrayList<SQLException>();
        for (Writer writer : writers) {
            SQLException failure = writer.failure;
            if (failure != null) {
                failures.add(failure);
            }
        }
        return failures;
    }

    /** No acknowledged row is missing; at most one that was under way is there without an acknowledgement. */
    void verify(RunningPostmaster postmaster) throws SQLException {
        try (Connection connection = postmaster.connect()) {
            for (Writer writer : writers) {
                try (ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select count(*), coalesce(max(v), 0) from " + writer.table)) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getLong(1)).isBetween(writer.acknowledged(), writer.acknowledged() + 1);
                    assertThat(rows.getLong(2)).isEqualTo(rows.getLong(1));
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        stopping.set(true);
        threads.shutdown();
        for (Writer writer : writers) {
            writer.connection.close();
        }
    }

    private static final class Writer {
        private final Connection connection;
        private final String table;
        private final AtomicLong acknowledgedRows = new AtomicLong();
        private volatile @Nullable SQLException failure;

        Writer(Connection connection, int number) throws SQLException {
            this.connection = connection;
            table = "writer_" + number;
            connection.createStatement().execute("create table " + table + " (v bigint primary key)");
            connection.setAutoCommit(false);
        }

        long acknowledged() {
            return acknowledgedRows.get();
        }

        void run(AtomicBoolean stopping) {
            try (var insert = connection.prepareStatement("insert into " + table + " values (?)")) {
                while (!stopping.get()) {
                    insert.setLong(1, acknowledged() + 1);
                    insert.executeUpdate();
                    connection.commit();
                    acknowledgedRows.incrementAndGet();
                }
            } catch (SQLException e) {
                failure = e;
            }
        }
    }
}
