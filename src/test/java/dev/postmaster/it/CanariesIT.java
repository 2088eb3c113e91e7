package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One session leaves something of every kind of state that a session has; the next one, in the same process, must not find
 * it. As PostgreSQL's DISCARD ALL, and what a process has besides.
 */
class CanariesIT {
    private static final String CANARY = "canary_of_the_session_before";

    private static RunningPostmaster postmaster;
    private Connection before;
    private int process;

    @BeforeAll
    static void start() throws SQLException {
        postmaster = RunningPostmaster.start("spares_min=1", "sessions_per_backend=0");
        try (Connection any = postmaster.connect();
                Statement statement = any.createStatement()) {
            statement.execute("create table kept (v text)");
        }
    }

    @AfterAll
    static void stop() {
        postmaster.close();
    }

    @BeforeEach
    void firstSession() throws SQLException {
        var properties = new Properties();
        properties.setProperty("ApplicationName", CANARY);
        properties.setProperty("preferQueryMode", "simple");
        before = postmaster.connect("postgres", properties);
        process = RunningPostmaster.backendPid(before);
    }

    @AfterEach
    void endSession() throws SQLException {
        before.close();
    }

    private void leave(String... statements) throws SQLException {
        try (Statement statement = before.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        before.close();
    }

    /** A session in the process that served the one before. Others are kept open, so that they are not in the way. */
    private Connection inTheSameProcess() throws SQLException {
        List<Connection> others = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                Connection next = postmaster.connect();
                if (RunningPostmaster.backendPid(next) == process) {
                    return next;
                }
                others.add(next);
            }
            throw new AssertionError("process " + process + " serves nobody any more");
        } finally {
            for (Connection other : others) {
                other.close();
            }
        }
    }

    private static String value(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void assertUnknown(Connection session, String sql, String state) {
        assertThatThrownBy(() -> session.createStatement().execute(sql))
                .as(sql)
                .isInstanceOf(SQLException.class)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo(state);
    }

    @Test
    void settings() throws SQLException {
        leave(
                "set statement_timeout = '17s'",
                "set timezone = 'Asia/Tokyo'",
                "set my.own = '" + CANARY + "'",
                "set default_transaction_read_only = on");

        try (Connection next = inTheSameProcess()) {
            assertThat(value(next, "show statement_timeout")).isEqualTo("0");
            assertThat(value(next, "show timezone")).isNotEqualTo("Asia/Tokyo");
            assertThat(value(next, "show default_transaction_read_only")).isEqualTo("off");
            assertThat(value(next, "show application_name")).doesNotContain(CANARY);
            assertUnknown(next, "show my.own", "42704");
        }
    }

    @Test
    void preparedStatements() throws SQLException {
        leave("prepare " + CANARY + " as select 1", "begin");

        try (Connection next = inTheSameProcess()) {
            assertUnknown(next, "execute " + CANARY, "26000");
        }
    }

    @Test
    void temporaryTables() throws SQLException {
        leave("create temp table t_" + CANARY + " (v text)", "insert into t_" + CANARY + " values ('" + CANARY + "')");

        try (Connection next = inTheSameProcess()) {
            assertUnknown(next, "select * from t_" + CANARY, "42P01");
        }
    }

    @Test
    void anOpenTransactionAndItsLocks() throws SQLException {
        leave("begin", "insert into kept values ('" + CANARY + "')", "savepoint s");

        try (Connection next = inTheSameProcess()) {
            assertThat(value(next, "select count(*) from kept")).isEqualTo("0");
            assertUnknown(next, "rollback to savepoint s", "25P01");
            next.createStatement().execute("insert into kept values ('mine')");
            next.createStatement().execute("delete from kept");
        }
    }

    @Test
    void aFailedTransaction() throws SQLException {
        try (Statement statement = before.createStatement()) {
            statement.execute("begin");
            assertThatThrownBy(() -> statement.execute("select * from nothing_of_that_name"))
                    .isInstanceOf(SQLException.class);
        }
        before.close();

        try (Connection next = inTheSameProcess()) {
            assertThat(value(next, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void theKeyThatCancels() throws Exception {
        before.close();
        int pid;
        byte[] key;
        try (var client = new RawClient(postmaster.port())) {
            client.begin("postgres");
            pid = client.backend();
            key = client.cancelKey();
        }
        process = pid;
        try (Connection next = inTheSameProcess();
                Statement statement = next.createStatement()) {
            var sleeping = CompletableFuture.supplyAsync(() -> {
                try {
                    return statement.execute("select pg_sleep(1)");
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
            RawClient.cancel(postmaster.port(), pid, key);

            postmaster.awaitLog("wrong key in cancel request for process " + pid);
            assertThat(sleeping.get()).isTrue();
        }
    }

    private static String ps() {
        return Outcome.of(new ProcessBuilder(
                        "bin/pmctl",
                        "--allow-root",
                        "ps",
                        "-D",
                        postmaster.dataDirectory().toString()))
                .out();
    }

    @Test
    void whatOthersSeeOfIt() throws SQLException {
        leave("select '" + CANARY + "'");
        Deadline.await(
                "nothing of it is left in shared memory", RunningPostmaster.PATIENCE, () -> !ps().contains(CANARY));

        try (Connection next = inTheSameProcess()) {
            assertThat(next.isValid(30)).isTrue();
            assertThat(ps()).doesNotContain(CANARY);
        }
    }
}
