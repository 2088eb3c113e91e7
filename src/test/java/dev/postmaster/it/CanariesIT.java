package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One session leaves something of every kind of state that a session has; the next one, in the same process, must not find
 * it. As PostgreSQL's DISCARD ALL. What others could find of it is {@link LeftoversIT}.
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

    private Connection inTheSameProcess() throws SQLException {
        return Successor.of(postmaster, process);
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

    /** Each that a session may change, by whatever command there is for it. */
    @Test
    void settings() throws SQLException {
        Map<String, String> untouched;
        try (Connection other = postmaster.connect()) {
            untouched = settingsOf(other);
        }
        leave(
                "set statement_timeout = '17s'",
                "set lock_timeout = '17s'",
                "set idle_in_transaction_session_timeout = 0",
                "set timezone = 'Asia/Tokyo'",
                "set datestyle = 'ISO, DMY'",
                "set search_path = " + CANARY,
                "set client_min_messages = error",
                "set extra_float_digits = 3",
                "set row_security = off",
                "set quote_all_identifiers = on",
                "set xmloption = document",
                "set lc_messages = '" + CANARY + "'",
                "set log_min_duration_statement = 1",
                "set log_statement = 'all'",
                "set synchronous_commit = off",
                "set session characteristics as transaction isolation level serializable, read only",
                "select set_config('my.other', '" + CANARY + "', false)",
                "set my.own = '" + CANARY + "'");

        try (Connection next = inTheSameProcess()) {
            assertThat(settingsOf(next)).isEqualTo(untouched);
            assertUnknown(next, "show my.own", "42704");
            assertUnknown(next, "show my.other", "42704");
        }
    }

    private static Map<String, String> settingsOf(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("show all")) {
            var settings = new TreeMap<String, String>();
            while (rows.next()) {
                settings.put(rows.getString(1), rows.getString(2));
            }
            return settings;
        }
    }

    @Test
    void aTimerThatWasSet() throws SQLException {
        leave("set statement_timeout = '300ms'", "begin", "select 1");

        try (Connection next = inTheSameProcess()) {
            assertThatCode(() -> next.createStatement().execute("select pg_sleep(0.6)"))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void preparedStatements() throws SQLException {
        leave("prepare " + CANARY + " as select 1", "begin");

        try (Connection next = inTheSameProcess()) {
            assertUnknown(next, "execute " + CANARY, "26000");
        }
    }

    /** Those of the protocol, which a driver numbers in each session from 1; and the result that one is in the middle of. */
    @Test
    void statementsAndPortalsOfTheDriver() throws SQLException {
        before.close();
        var properties = new Properties();
        properties.setProperty("prepareThreshold", "1");
        try (Connection first = Successor.of(postmaster, process, properties)) {
            assertThat(firstOfThree(first)).isEqualTo("1");
        }
        try (Connection next = Successor.of(postmaster, process, properties)) {
            assertThat(firstOfThree(next)).isEqualTo("1");
        }
    }

    private static String firstOfThree(Connection session) throws SQLException {
        session.setAutoCommit(false);
        try (var statement = session.prepareStatement("select i from generate_series(?, 3) i")) {
            statement.setFetchSize(1);
            statement.setInt(1, 1);
            ResultSet rows = statement.executeQuery();
            assertThat(rows.next()).isTrue();
            String value = rows.getString(1);
            session.abort(Runnable::run); // says goodbye to nobody: statement and portal are open
            return value;
        }
    }

    @Test
    void whatSqliteRemembersOfAConnection() throws SQLException {
        leave("create temp table counted (v integer primary key)", "insert into counted values (4711), (4712)");

        try (Connection next = inTheSameProcess()) {
            assertThat(value(next, "select last_insert_rowid()")).isEqualTo("0");
            assertThat(value(next, "select changes()")).isEqualTo("0");
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
}
