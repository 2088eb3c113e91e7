package dev.postmaster.child.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real PostgreSQL JDBC driver against sessions over real databases. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JdbcTest {
    @TempDir
    private Path base;

    private TestServer server;
    private Connection connection;

    @BeforeEach
    void connect() throws Exception {
        server = new TestServer(Stores.in(base));
        connection = open("");
        execute("create table item (id integer primary key, name text not null unique, price double precision)");
    }

    @AfterEach
    void close() throws IOException, SQLException {
        connection.close();
        server.close();
    }

    private Connection open(String options) throws SQLException {
        return DriverManager.getConnection(server.url("shop") + options);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> column(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private static void assertFails(ThrowingCallable code, String sqlState) {
        assertThatThrownBy(code).isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                .isEqualTo(sqlState));
    }

    private void insert(int count) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into item values (?, ?, ?)")) {
            for (int i = 1; i <= count; i++) {
                insert.setInt(1, i);
                insert.setString(2, "item " + i);
                insert.setDouble(3, i / 2.0);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).hasSize(count).containsOnly(1);
        }
    }

    @Test
    void theDriverLikesWhatItIsTold() throws SQLException {
        assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("PostgreSQL");
        assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(15);
        assertThat(connection.isValid(5)).isTrue();
        assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
    }

    /** The driver prepares by name, and asks for binary values, from the threshold on: -1 is binary at once. */
    @ParameterizedTest
    @ValueSource(strings = {"", "&prepareThreshold=1", "&prepareThreshold=-1", "&preferQueryMode=simple"})
    void valuesTravelThereAndBack(String options) throws SQLException {
        execute("create table kinds (i integer, l bigint, d double precision, t text, b bytea, f boolean)");
        try (Connection other = open(options)) {
            for (int round = 1; round <= 3; round++) {
                try (PreparedStatement insert = other.prepareStatement("insert into kinds values (?, ?, ?, ?, ?, ?)")) {
                    insert.setInt(1, round);
                    insert.setLong(2, Long.MIN_VALUE);
                    insert.setDouble(3, 0.1);
                    insert.setString(4, "grüß 'dich' \\ €");
                    insert.setBytes(5, new byte[] {0, 1, -1});
                    insert.setBoolean(6, true);
                    assertThat(insert.executeUpdate()).isEqualTo(1);
                }
                try (PreparedStatement select = other.prepareStatement("select * from kinds where i = ?")) {
                    select.setInt(1, round);
                    assertKinds(select, round);
                }
            }
        }
    }

    private static void assertKinds(PreparedStatement select, int round) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            assertThat(row.next()).isTrue();
            assertThat(row.getObject(1)).isEqualTo(round);
            assertThat(row.getObject(2)).isEqualTo(Long.MIN_VALUE);
            assertThat(row.getObject(3)).isEqualTo(0.1);
            assertThat(row.getObject(4)).isEqualTo("grüß 'dich' \\ €");
            assertThat(row.getBytes(5)).containsExactly(0, 1, -1);
            assertThat(row.getObject(6)).isEqualTo(true);
            assertThat(row.next()).isFalse();
        }
    }

    @Test
    void nullIsNull() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into item values (?, ?, ?)")) {
            insert.setInt(1, 1);
            insert.setString(2, "a");
            insert.setNull(3, Types.DOUBLE);
            insert.executeUpdate();
        }
        assertThat(column("select price from item")).containsExactly((String) null);
    }

    @Test
    void aBatchIsOnePipeline() throws SQLException {
        insert(100);
        assertThat(column("select count(*) from item")).containsExactly("100");
        assertFails(() -> insert(101), "23505");
        assertThat(column("select count(*) from item"))
                .as("the failed batch left nothing")
                .containsExactly("100");
    }

    @Test
    void generatedKeysComeBack() throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into item (name) values (?)", new String[] {"id"})) {
            insert.setString(1, "a");
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getInt("id")).isEqualTo(1);
            }
        }
    }

    @Test
    void transactionsCommitAndRollBack() throws SQLException {
        connection.setAutoCommit(false);
        insert(3);
        connection.rollback();
        assertThat(column("select count(*) from item")).containsExactly("0");
        insert(2);
        connection.commit();
        connection.rollback();
        connection.setAutoCommit(true);
        assertThat(column("select count(*) from item")).containsExactly("2");
    }

    @Test
    void aSavepointKeepsWhatCameBeforeAnError() throws SQLException {
        connection.setAutoCommit(false);
        execute("insert into item values (1, 'a', null)");
        Savepoint savepoint = connection.setSavepoint();
        assertFails(() -> execute("insert into item values (1, 'b', null)"), "23505");
        assertFails(() -> execute("select 1"), "25P02");
        connection.rollback(savepoint);
        execute("insert into item values (2, 'b', null)");
        connection.commit();
        assertThat(column("select name from item order by id")).containsExactly("a", "b");
    }

    @Test
    void errorsHaveTheirStates() throws SQLException {
        assertFails(() -> execute("selec 1"), "42601");
        assertFails(() -> execute("select * from nowhere"), "42P01");
        assertFails(() -> execute("select colour from item"), "42703");
        assertFails(() -> execute("insert into item values (1, null, null)"), "23502");
        assertThat(column("select 1")).as("and the session goes on").containsExactly("1");
    }

    @Test
    void aResultIsFetchedInPieces() throws SQLException {
        insert(10);
        connection.setAutoCommit(false);
        try (PreparedStatement select = connection.prepareStatement("select id from item order by id")) {
            select.setFetchSize(3);
            try (ResultSet rows = select.executeQuery()) {
                for (int i = 1; i <= 10; i++) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(i);
                }
                assertThat(rows.next()).isFalse();
            }
        }
        connection.commit();
    }

    @Test
    void aQueryCanBeCancelled() throws Exception {
        String endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n";
        try (Statement statement = connection.createStatement()) {
            Thread canceller = Thread.ofPlatform().start(() -> {
                TestProcess process = served(0);
                while (process.activity.stream().noneMatch(line -> line.contains("recursive"))) {
                    Thread.onSpinWait();
                }
                cancel(statement);
            });
            assertFails(() -> statement.executeQuery(endless), "57014");
            canceller.join();
        }
        assertThat(column("select 1")).containsExactly("1");
    }

    private TestProcess served(int index) {
        return server.all().get(index).process();
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void severalStatementsGiveSeveralResults() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.execute("insert into item values (1, 'a', 2); select name from item; select 7"))
                    .isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(1);
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(statement.getMoreResults()).isTrue();
            try (ResultSet rows = statement.getResultSet()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(7);
            }
        }
    }

    @Test
    void settingsAreTheSessionsOwn() throws SQLException {
        execute("set application_name = 'test'");
        assertThat(column("show application_name")).containsExactly("test");
        assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("test");
        execute("reset application_name");
        assertThat(column("show application_name")).containsExactly("");
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
    }

    @Test
    void aReadOnlyConnectionCannotWrite() throws SQLException {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        assertFails(() -> execute("insert into item values (1, 'a', null)"), "25006");
        connection.rollback();
        connection.setReadOnly(false);
        insert(1);
        connection.commit();
    }

    @Test
    void aWarningIsNoError() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("rollback");
            assertThat(statement.getWarnings().getSQLState()).isEqualTo("25P01");
        }
    }

    @Test
    void anUnknownDatabaseIsRefused() {
        assertFails(() -> DriverManager.getConnection(server.url("nosuch")).close(), "3D000");
    }
}
