package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to ask for a session times every way to be refused (CL-33, CL-34): what psql and the JDBC driver are told. The
 * messages are PostgreSQL 15's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticationMatrixIT {
    private static final String IN = "";
    private static final String NOBODY =
            "28000 no pg_hba.conf entry for host \"127.0.0.1\", user \"%s\", database \"%s\", no encryption";
    private static final String REJECTED =
            "28000 pg_hba.conf rejects connection for host \"127.0.0.1\", user \"%s\", database \"%s\", no encryption";
    private static final String WRONG = "28P01 password authentication failed for user \"%s\"";

    private RunningPostmaster postmaster;

    /**
     * One try.
     *
     * @param password null for none
     * @param outcome SQLSTATE and message, with places for user and database; {@link #IN} for a session
     */
    record Try(
            String method,
            String user,
            String database,
            @Nullable String password,
            String outcome) {
        String message() {
            return outcome.substring(6).formatted(user, database);
        }

        String sqlState() {
            return outcome.substring(0, 5);
        }
    }

    static Stream<Try> tries() {
        return Stream.of(
                of("trust", "ann", "postgres", null, IN),
                of("trust", "ann", "postgres", "wrong", IN),
                of("trust", "ghost", "postgres", null, "28000 role \"%s\" does not exist"),
                of("trust", "group", "postgres", null, "28000 role \"%s\" is not permitted to log in"),
                of("trust", "ann", "nowhere", null, "3D000 database \"%2$s\" does not exist"),
                of("trust", "crowd", "postgres", null, "53300 too many connections for role \"%s\""),
                of("trust", "ann", "closed", null, "42501 permission denied for database \"%2$s\""),
                of("trust", "ann", "full", null, "53300 too many connections for database \"%2$s\""),
                of("reject", "ann", "postgres", "right", REJECTED),
                of("reject", "ghost", "postgres", null, REJECTED),
                of("scram-sha-256", "ann", "postgres", "right", IN),
                of("scram-sha-256", "ann", "postgres", "wrong", WRONG),
                of("scram-sha-256", "umlaut", "postgres", "p\u00e4ssw\u00f6rd", IN),
                of("scram-sha-256", "expired", "postgres", "right", WRONG),
                of("scram-sha-256", "bare", "postgres", "right", WRONG),
                of("scram-sha-256", "ghost", "postgres", "right", WRONG),
                of("scram-sha-256", "group", "postgres", "right", "28000 role \"%s\" is not permitted to log in"),
                of("scram-sha-256", "ann", "nowhere", "right", "3D000 database \"%2$s\" does not exist"),
                of("scram-sha-256", "crowd", "postgres", "right", "53300 too many connections for role \"%s\""),
                of("md5", "ann", "postgres", "right", IN),
                of("md5", "ann", "postgres", "wrong", WRONG),
                of("nobody", "ann", "postgres", "right", NOBODY));
    }

    private static Try of(String method, String user, String database, @Nullable String password, String outcome) {
        return new Try(method, user, database, password, outcome);
    }

    @BeforeAll
    void start() throws IOException {
        postmaster = RunningPostmaster.start("log_connections=on");
        for (String statement : List.of(
                "create role ann login password 'right'",
                "create role umlaut login password 'p\u00e4ssw\u00f6rd'",
                "create role expired login password 'right' valid until '2001-01-01'",
                "create role bare login",
                "create role crowd login password 'right' connection limit 0",
                "create role \"group\" password 'right'",
                "create database closed",
                "revoke connect on database closed from public",
                "create database \"full\" connection limit 0")) {
            Outcome outcome = postmaster.psql("-c", statement);
            assertThat(outcome.status()).as(statement + ": " + outcome.err()).isZero();
        }
    }

    @AfterAll
    void stop() {
        postmaster.close();
    }

    @ParameterizedTest
    @MethodSource("tries")
    void psqlIsToldWhatPostgresqlWouldSay(Try attempt) throws IOException {
        rule(attempt.method());
        Outcome outcome = postmaster.psql(
                "-w",
                "-d",
                "user=" + attempt.user() + " dbname=" + attempt.database() + password(attempt),
                "-At",
                "-c",
                "select 1");
        if (attempt.outcome().equals(IN)) {
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out()).isEqualTo("1\n");
        } else {
            assertThat(outcome.err()).contains("FATAL:  " + attempt.message() + "\n");
            assertThat(outcome.status()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("tries")
    void theDriverIsToldTheSame(Try attempt) throws IOException, SQLException {
        rule(attempt.method());
        if (attempt.outcome().equals(IN)) {
            connect(attempt).close();
            return;
        }
        try (Connection session = connect(attempt)) {
            throw new AssertionError("let in: " + session);
        } catch (SQLException refused) {
            assertThat(String.valueOf(refused.getMessage()).lines()).first().isEqualTo("FATAL: " + attempt.message());
            assertThat(refused.getSQLState()).isEqualTo(attempt.sqlState());
        }
    }

    private Connection connect(Try attempt) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", attempt.user());
        if (attempt.password() != null) {
            properties.setProperty("password", attempt.password());
        }
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postmaster.port() + "/" + attempt.database(), properties);
    }

    private static String password(Try attempt) {
        return attempt.password() == null ? "" : " password=" + attempt.password();
    }

    /** For whoever connects next. {@code nobody} is a rule for somebody else. */
    private void rule(String method) throws IOException {
        Path file = postmaster.dataDirectory().resolve("pg_hba.conf");
        String line = method.equals("nobody") ? "host all somebody_else all trust" : "host all all all " + method;
        Path draft = file.resolveSibling("pg_hba.conf.new");
        Files.write(draft, List.of(line));
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
