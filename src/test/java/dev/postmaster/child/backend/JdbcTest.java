package dev.postmaster.child.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.util.PSQLException;

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
        assertThat(connection.isValid(30)).isTrue();
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

    private CopyManager copies() throws SQLException {
        return new CopyManager(connection.unwrap(BaseConnection.class));
    }

    @Test
    void rowsAreCopiedInAndOut() throws SQLException, IOException {
        String lines = "1\tapple\t0.5\n2\tp\\tear\t\\N\n";
        assertThat(copies().copyIn("copy item from stdin", new StringReader(lines)))
                .isEqualTo(2);
        assertThat(column("select name from item order by id")).containsExactly("apple", "p\tear");

        StringWriter out = new StringWriter();
        assertThat(copies().copyOut("copy item to stdout", out)).isEqualTo(2);
        assertThat(out).hasToString(lines);
        StringWriter csv = new StringWriter();
        copies().copyOut("copy (select name, id from item order by id desc) to stdout (format csv, header)", csv);
        assertThat(csv).hasToString("name,id\np\tear,2\napple,1\n");
    }

    @Test
    void aCopyWithABadLineKeepsNothingAndTheSessionGoesOn() throws SQLException {
        assertCopyFails("item (id, name)", "1,a\nx,b\n", "22P02", "invalid input syntax for type integer: \"x\"");
        assertCopyFails("item", "1,a\n", "22P04", "missing data for column \"price\"");
        assertCopyFails("item (id, name)", "1,a\n2,b,c\n", "22P04", "extra data after last expected column");
        assertCopyFails("item (id, name)", "1,a\n1,b\n", "23505", "duplicate key value");
        assertCopyFails("nowhere", "1\n", "42P01", "relation \"nowhere\" does not exist");
        assertThat(column("select count(*) from item")).containsExactly("0");
    }

    private void assertCopyFails(String target, String lines, String sqlState, String message) {
        assertThatThrownBy(() -> copies().copyIn("copy " + target + " from stdin csv", new StringReader(lines)))
                .isInstanceOfSatisfying(
                        PSQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(sqlState))
                .hasMessageContaining(message);
    }

    @Test
    void theOptionsOfACopyAreReadInBothSpellings() throws SQLException, IOException {
        execute("insert into item (id, name) values (1, 'a|b')");
        for (String options : List.of("with delimiter as '|' null 'nil'", "(delimiter '|', null 'nil', freeze)")) {
            StringWriter out = new StringWriter();
            copies().copyOut("copy item (price, name) to stdout " + options, out);
            assertThat(out).hasToString("nil|a\\|b\n");
        }
        assertFails(() -> execute("copy item from '/etc/passwd'"), "0A000");
        assertFails(() -> execute("copy item to stdout (format binary)"), "0A000");
        assertFails(() -> execute("copy item to stdout (format xml)"), "22023");
        assertFails(() -> execute("copy item to stdout (delimiter '||')"), "0A000");
        assertFails(() -> execute("copy item to stdin"), "42601");
        assertFails(() -> execute("copy item to stdout (nonsense)"), "42601");
    }

    @Test
    void aCopyThatTheClientGivesUpKeepsNothing() throws SQLException {
        CopyIn copy = copies().copyIn("copy item from stdin");
        byte[] line = "1\ta\t\\N\n".getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(line, 0, line.length);
        copy.cancelCopy();
        assertThat(column("select count(*) from item")).containsExactly("0");
    }

    @Test
    void aSessionThatIsToldToGoLeavesACopyToo() throws Exception {
        copies().copyIn("copy item from stdin");
        TestServer.Served served = server.all().getLast();
        served.interrupts().terminate();
        assertThat(served.process().exit.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(served.process().messages())
                .contains("terminating connection due to administrator command")
                .doesNotContain("connection to client lost");
    }

    @Test
    void statementsArePreparedAndExecutedInSql() throws SQLException {
        execute("prepare add (int, text, double precision) as insert into item values ($1, $2, $3)");
        execute("execute add (1, 'apple', 1.0 / 2)");
        execute("execute add (1 + 1, 'pe' || 'ar', null)");
        execute("prepare one as select name from item where id = $1::int");
        assertThat(column("execute one (2)")).containsExactly("pear");
        assertFails(() -> execute("prepare one as select 1"), "42P05");
        assertFails(() -> execute("execute one"), "42601");
        assertFails(() -> execute("execute one ('x')"), "22P02");
        assertFails(() -> execute("prepare bad as begin"), "42601");
        execute("deallocate one");
        assertFails(() -> execute("execute one (2)"), "26000");
    }

    @Test
    void divisionByZeroIsAnError() throws SQLException {
        insert(2);
        assertFails(() -> column("select 1 / 0"), "22012");
        assertFails(() -> column("select 7 % (id - 1) from item"), "22012");
        assertFails(() -> column("select 1 / -0.0"), "22012");
        assertFails(() -> execute("update item set price = price / (price - price)"), "22012");
        assertThat(column("select 100 / 7 / id % 5 from item order by id")).containsExactly("4", "2");
        assertThat(column("select -7 / -(id) from item order by id")).containsExactly("7", "3");
        assertThat(column("select 12 / count(*) from item")).containsExactly("6");
        assertThat(column("select 12 / max(id) over () from item limit 1")).containsExactly("6");
        assertThat(column("select 6 / case id when 1 then 2 else 3 end from item order by id"))
                .containsExactly("3", "2");
        assertThat(column("select coalesce(1 / null, 9)")).containsExactly("9");
    }

    /** What pgbench asks before it runs. */
    @Test
    void aLateralExpressionIsInlined() throws SQLException {
        assertThat(column("select o.n, p.partstrat, pg_catalog.count(i.inhparent) from pg_catalog.pg_class as c "
                        + "join pg_catalog.pg_namespace as n on (n.oid = c.relnamespace) "
                        + "cross join lateral (select pg_catalog.array_position(pg_catalog.current_schemas(true), "
                        + "n.nspname)) as o(n) "
                        + "left join pg_catalog.pg_partitioned_table as p on (p.partrelid = c.oid) "
                        + "left join pg_catalog.pg_inherits as i on (c.oid = i.inhparent) "
                        + "where c.relname = 'item' and o.n is not null group by 1, 2 order by 1 asc limit 1"))
                .containsExactly("2");
    }
}
