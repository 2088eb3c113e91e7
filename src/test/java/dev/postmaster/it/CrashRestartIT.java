package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A child killed with SIGKILL in the middle of work: who notices, and what is left (PM-43..PM-52, crash scope). */
class CrashRestartIT {
    private static final int OTHERS = 20;

    @Test
    void killedBackendCostsItsOwnSessionOnly() throws Exception {
        try (var postmaster = RunningPostmaster.start("max_connections=" + (OTHERS + 1));
                var writers = Writers.start(postmaster, OTHERS)) {
            try (Connection victim = postmaster.connect()) {
                assertThatThrownBy(postmaster::connect).hasMessageContaining("sorry, too many clients already");
                int before = Proc.childrenOf(postmaster.pid(), "backend").size();
                RunningPostmaster.signal(RunningPostmaster.backendPid(victim), "KILL");
                postmaster.awaitLog("was terminated by signal 9: Killed");
                assertThatThrownBy(() -> victim.createStatement().execute("select 1"))
                        .isInstanceOf(SQLException.class);
                assertThat(Proc.childrenOf(postmaster.pid(), "backend")).hasSize(before - 1);
            }
            writers.eachCommitsOnceMore();
            try (Connection inTheFreeSlot = postmaster.connect()) {
                assertThat(inTheFreeSlot.isValid(5)).isTrue();
            }
            writers.stop();

            assertThat(writers.failures()).isEmpty();
            assertThat(postmaster.log())
                    .noneMatch(line -> line.contains("terminating any other active server processes"));
            writers.verify(postmaster);
        }
    }

    @Test
    void withCrashScopeResetEverybodyGoesAndTheSystemComesBack() throws Exception {
        try (var postmaster = RunningPostmaster.start("crash_scope=reset");
                var writers = Writers.start(postmaster, OTHERS);
                Connection victim = postmaster.connect()) {
            RunningPostmaster.signal(RunningPostmaster.backendPid(victim), "KILL");

            postmaster.awaitLog("terminating any other active server processes");
            postmaster.awaitLog("all server processes terminated; reinitializing");
            postmaster.awaitLog("database system is ready to accept connections", 2);
            writers.awaitAllFailed();

            assertThat(writers.failures()).hasSize(OTHERS);
            writers.verify(postmaster);
        }
    }

    @Test
    void aBystanderIsToldWhyItsSessionEnds() throws Exception {
        try (var postmaster = RunningPostmaster.start("crash_scope=reset");
                Connection victim = postmaster.connect()) {
            int killed = RunningPostmaster.backendPid(victim);
            var bystander = CompletableFuture.supplyAsync(
                    () -> postmaster.psql("-v", "VERBOSITY=verbose", "-c", "select pg_sleep(60)"));
            Deadline.await(
                    "psql waits for its answer",
                    RunningPostmaster.PATIENCE,
                    () -> Proc.childrenOf(postmaster.pid(), "backend").stream()
                            .anyMatch(backend -> backend != killed && postmaster.isServing(backend)));

            RunningPostmaster.signal(killed, "KILL");

            assertThat(bystander.get().err())
                    .contains("WARNING:  57P02: terminating connection because of crash of another server process")
                    .contains("DETAIL:  The postmaster has commanded this server process to roll back")
                    .contains("HINT:  In a moment you should be able to reconnect to the database");
        }
    }

    @Test
    void killedCheckpointerAlwaysTakesTheResetRoad() throws Exception {
        try (var postmaster = RunningPostmaster.start();
                Connection bystander = postmaster.connect()) {
            bystander.createStatement().execute("create table kept (v int)");
            bystander.createStatement().execute("insert into kept values (7)");
            int checkpointer = Proc.childrenOf(postmaster.pid(), "checkpointer").getFirst();

            RunningPostmaster.signal(checkpointer, "KILL");

            postmaster.awaitLog("checkpointer process (PID " + checkpointer + ") was terminated by signal 9: Killed");
            postmaster.awaitLog("database system is ready to accept connections", 2);
            assertThatThrownBy(() -> bystander.createStatement().execute("select 1"))
                    .isInstanceOf(SQLException.class);
            assertThat(postmaster
                            .psql("-A", "-t", "-c", "select v from kept")
                            .out()
                            .strip())
                    .isEqualTo("7");
        }
    }

    @Test
    void killedPostmasterTakesItsChildrenAlongAndTheNextStartRecovers() throws Exception {
        try (var postmaster = RunningPostmaster.start();
                var writers = Writers.start(postmaster, 5)) {
            writers.eachCommitsOnceMore();
            List<Integer> children = Proc.childrenOf(postmaster.pid());
            assertThat(children).hasSizeGreaterThanOrEqualTo(6);

            postmaster.signal("KILL");
            postmaster.awaitExit();

            Deadline.await("every child is gone", Duration.ofSeconds(5), () -> children.stream()
                    .noneMatch(pid -> Proc.exists(pid) && !Proc.isZombie(pid)));
            writers.awaitAllFailed();
            postmaster.startAgain();
            postmaster.awaitLog("database system was not properly shut down; automatic recovery in progress");
            postmaster.awaitLog("database system is ready to accept connections");
            writers.verify(postmaster);
        }
    }

    /** Sessions that commit rows one by one, each in a table of its own, and remember what was acknowledged. */
    private static final class Writers implements AutoCloseable {
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
