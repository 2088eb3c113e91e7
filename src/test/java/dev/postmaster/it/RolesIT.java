package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.auth.role.Role;
import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.RolesFile;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Roles and their rights, as psql and the JDBC driver meet them. */
class RolesIT {
    private static RunningPostmaster postmaster;

    @BeforeAll
    static void start() {
        postmaster = RunningPostmaster.start("log_statement=all", "log_min_duration_statement=0");
        assertThat(said("create table fruit (name text)")).isEqualTo("CREATE TABLE");
        assertThat(said("insert into fruit values ('apple')")).isEqualTo("INSERT 0 1");
    }

    @AfterAll
    static void stop() {
        postmaster.close();
    }

    @Test
    void psqlListsRolesAndDatabases() {
        said("create role team");
        said("create user tim in role team connection limit 3 valid until '2030-01-01'");
        said("create database orchard owner tim");
        assertThat(postmaster.psql("-c", "\\du").out())
                .contains(" Role name |")
                .containsPattern("postgres +\\| Superuser, Create role, Create DB, Replication, Bypass RLS *\\| \\{}")
                .containsPattern("team +\\| Cannot login +\\| \\{}")
                .containsPattern("tim +\\| 3 connections +\\+\\| \\{team}")
                .contains("Password valid until 2030-01-01 00:00:00+00");
        assertThat(postmaster.psql("-c", "\\l").out())
                .containsPattern("orchard +\\| tim ")
                .containsPattern("postgres +\\| postgres ");
        assertThat(said("select rolname, rolconnlimit from pg_roles where rolcanlogin and rolname = 'tim'"))
                .isEqualTo("tim|3");
        assertThat(said("select pg_has_role('tim', 'team', 'member'), pg_has_role('team', 'tim', 'member')"))
                .isEqualTo("t|f");
    }

    @Test
    void theCommandLineToolsOfPostgresMakeAndDropRoles() {
        assertThat(said("create role tools login createrole")).isEqualTo("CREATE ROLE");
        assertThat(said("alter role tools rename to gear")).isEqualTo("ALTER ROLE");
        assertThat(said("grant pg_write_all_data to gear")).isEqualTo("GRANT ROLE");
        assertThat(said("revoke pg_write_all_data from gear")).isEqualTo("REVOKE ROLE");
        assertThat(said("drop role gear")).isEqualTo("DROP ROLE");
        assertThat(failure("drop role gear")).isEqualTo("ERROR:  42704: role \"gear\" does not exist");
        assertThat(failure("begin; create role x; commit"))
                .startsWith("ERROR:  25001: CREATE ROLE cannot run inside a transaction block");
    }

    @Test
    void aPasswordIsKeptAsAScramVerifierAndNeverLogged() {
        said("create user pia password 'geheim'");
        said("alter user pia password 'geheim");
        said("alter user pia pasword 'geheim'");
        said("alter user pia password 'md5" + "0".repeat(32) + "'");
        assertThat(said("select rolpassword from pg_authid where rolname = 'pia'"))
                .startsWith("SCRAM-SHA-256$4096:");
        assertThat(said("select rolpassword from pg_roles where rolname = 'pia'"))
                .isEqualTo("********");
        postmaster.awaitLog("LOG:  statement: create user pia password '********'");
        assertThat(postmaster.log()).noneMatch(line -> line.contains("password 'geheim"));
        assertThat(role("pia").verifier().orElseThrow()).startsWith("SCRAM-SHA-256$4096:");
    }

    @Test
    void aVerifierMadeByTheClientIsKeptAsItIs() throws SQLException {
        said("create user vera");
        String verifier = "SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2FsdA==$" + "A".repeat(43) + "=:" + "B".repeat(43) + "=";
        try (Connection connection = as("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("alter user vera password '" + verifier + "'");
        }
        assertThat(role("vera").verifier()).contains(verifier);
    }

    @Test
    void whoOnlyReadsCannotWriteWhateverItTries() throws SQLException {
        said("create user rita");
        try (Connection connection = as("rita");
                Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery("select name from fruit");
            assertThat(rows.next()).isTrue();
            denied(statement, "insert into fruit values ('pear')", "permission denied for table fruit");
            denied(statement, "update fruit set name = 'x'", "permission denied for table fruit");
            denied(statement, "delete from fruit", "permission denied for table fruit");
            denied(statement, "create table mine (a int)", "permission denied for schema public");
            denied(statement, "drop table fruit", "permission denied for schema public");
            denied(statement, "pragma query_only = off", "permission denied for PRAGMA query_only");
            denied(statement, "checkpoint", "must be superuser or have privileges of pg_checkpoint to do CHECKPOINT");
            denied(statement, "select * from pg_authid", "permission denied for table pg_authid");
            denied(statement, "create role x", "permission denied to create role");
            denied(statement, "create database x", "permission denied to create database");
            denied(statement, "drop database postgres", "must be owner of database postgres");
            denied(statement, "select pg_rotate_logfile()", "permission denied for function pg_rotate_logfile");

            said("grant pg_write_all_data to rita");
            assertThat(statement.executeUpdate("insert into fruit values ('pear')"))
                    .isOne();
            denied(statement, "create table mine (a int)", "permission denied for schema public");
            said("grant create on schema public to rita");
            statement.execute("create table mine (a int)");
            statement.execute("drop table mine");
            said("revoke create on schema public from rita");
            said("revoke pg_write_all_data from rita");
            denied(statement, "insert into fruit values ('pear')", "permission denied for table fruit");
        }
    }

    @Test
    void theDoorAsksRolesDatabasesAndLimits() throws SQLException {
        said("create role group1");
        said("create user lim connection limit 1");
        said("create database closed");
        said("revoke connect on database closed from public");
        assertThat(refusal("group1", "postgres")).isEqualTo("28000: role \"group1\" is not permitted to log in");
        assertThat(refusal("nobody1", "postgres")).isEqualTo("28000: role \"nobody1\" does not exist");
        assertThat(refusal("lim", "closed")).isEqualTo("42501: permission denied for database \"closed\"");
        try (Connection first = as("lim")) {
            assertThat(first.isValid(10)).isTrue();
            assertThat(refusal("lim", "postgres")).isEqualTo("53300: too many connections for role \"lim\"");
        }
        said("grant connect on database closed to lim");
        said("alter database closed connection limit 0");
        assertThat(refusal("lim", "closed")).isEqualTo("53300: too many connections for database \"closed\"");
        said("alter database closed allow_connections false");
        assertThat(refusal("postgres", "closed"))
                .isEqualTo("55000: database \"closed\" is not currently accepting connections");
    }

    @Test
    void aRolesSettingsHoldFromTheBeginning() throws SQLException {
        said("create user sam");
        said("alter role sam set statement_timeout = '77s'");
        assertThat(failure("alter role sam set no_such_thing = 1"))
                .isEqualTo("ERROR:  42704: unrecognized configuration parameter \"no_such_thing\"");
        try (Connection connection = as("sam");
                Statement statement = connection.createStatement()) {
            ResultSet shown = statement.executeQuery("show statement_timeout");
            assertThat(shown.next()).isTrue();
            assertThat(shown.getString(1)).isEqualTo("77s");
            statement.execute("set statement_timeout = 5");
            statement.execute("reset statement_timeout");
            ResultSet again = statement.executeQuery("show statement_timeout");
            assertThat(again.next()).isTrue();
            assertThat(again.getString(1)).isEqualTo("77s");
        }
    }

    @Test
    void theFileOfTheRolesIsForItsOwnerOnly() throws Exception {
        assertThat(Files.getPosixFilePermissions(layout().rolesFile())).hasSize(2);
    }

    private static ClusterLayout layout() {
        return new ClusterLayout(postmaster.dataDirectory());
    }

    private static Role role(String name) {
        return RolesFile.read(layout()).require(name);
    }

    private static void denied(Statement statement, String sql, String message) {
        assertThatThrownBy(() -> statement.execute(sql)).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getMessage()).startsWith("ERROR: " + message);
            assertThat(e.getSQLState()).isEqualTo("42501");
        });
    }

    private static Connection as(String user) throws SQLException {
        return connect(user, "postgres");
    }

    private static Connection connect(String user, String database) throws SQLException {
        Properties properties = new Properties();
        properties.put("user", user);
        return postmaster.connect(database, properties);
    }

    private static String refusal(String user, String database) {
        try (Connection ignored = connect(user, database)) {
            return "let in: " + ignored.isClosed();
        } catch (SQLException e) {
            return e.getSQLState() + ": "
                    + String.valueOf(e.getMessage())
                            .lines()
                            .findFirst()
                            .orElse("")
                            .replace("FATAL: ", "");
        }
    }

    private static String said(String sql) {
        return postmaster.psql("-A", "-t", "-c", sql).out().strip();
    }

    private static String failure(String sql) {
        return postmaster
                .psql("-v", "VERBOSITY=verbose", "-c", sql)
                .err()
                .lines()
                .findFirst()
                .orElse("");
    }
}
