package dev.postmaster.it;

import static dev.postmaster.it.AuthenticationMatrix.ALERT;
import static dev.postmaster.it.AuthenticationMatrix.IN;
import static dev.postmaster.it.Caller.CAREFUL;
import static dev.postmaster.it.Caller.SOCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postmaster.it.AuthenticationMatrix.Try;
import dev.postmaster.tls.Certificates;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What psql and the JDBC driver are told in each try of {@link AuthenticationMatrix}, by us and by PostgreSQL 15. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticationMatrixIT {
    /** Who answers. */
    enum Maker {
        POSTMASTER,
        POSTGRESQL
    }

    private record Kind(Maker maker, boolean tls) {}

    @TempDir
    private static Path directory;

    private final Map<Kind, Entrance> entrances = new HashMap<>();
    private Certificates files;

    static Stream<Arguments> onBoth() {
        return Stream.of(Maker.values())
                .flatMap(maker -> AuthenticationMatrix.tries().map(attempt -> Arguments.of(maker, attempt)));
    }

    static Stream<Arguments> onBothWithPsql() {
        return Stream.of(Maker.values())
                .flatMap(maker -> Stream.concat(AuthenticationMatrix.tries(), AuthenticationMatrix.triesOfPsql())
                        .map(attempt -> Arguments.of(maker, attempt)));
    }

    @BeforeAll
    void start() throws IOException {
        files = new Certificates(directory);
        files.authority("root");
        files.authority("elsewhere");
        files.signed("server", "localhost", "root");
        files.signed("ann", "ann", "root");
        files.signed("stranger", "ann", "elsewhere");
        for (String name : List.of("ann", "stranger")) {
            files.openssl(
                    "pkcs8", "-topk8", "-nocrypt", "-in", name + ".key", "-outform", "DER", "-out", name + ".pk8");
        }
        files.write("pg_hba.conf", AuthenticationMatrix.RULES);
        files.write("pg_ident.conf", AuthenticationMatrix.NAMES);
        for (boolean tls : List.of(true, false)) {
            open(Maker.POSTMASTER, tls, Entrance.postmaster(tls, files));
            if (RealPostgres.isInstalled()) {
                open(Maker.POSTGRESQL, tls, Entrance.postgresql(tls, files));
            }
        }
    }

    private void open(Maker maker, boolean tls, Entrance entrance) {
        entrances.put(new Kind(maker, tls), entrance);
        entrance.prepare(AuthenticationMatrix.DATABASES.stream()
                .map(name -> "create database \"" + name + "\"")
                .toList());
        entrance.prepare(AuthenticationMatrix.ROLES);
    }

    @AfterAll
    void stop() {
        entrances.values().forEach(Entrance::close);
    }

    private Entrance entrance(Maker maker, Try attempt) {
        Entrance entrance = entrances.get(new Kind(maker, attempt.tls()));
        assumeTrue(entrance != null, "no PostgreSQL 15 on this system");
        return Objects.requireNonNull(entrance);
    }

    @ParameterizedTest
    @MethodSource("onBothWithPsql")
    void psqlIsTold(Maker maker, Try attempt) {
        Entrance entrance = entrance(maker, attempt);
        Outcome outcome = entrance.psql(connection(entrance, attempt), "select 1");
        if (attempt.outcome().equals(IN)) {
            assertThat(outcome).isEqualTo(new Outcome(0, "1\n", ""));
            return;
        }
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("psql: error: connection to server ");
        if (attempt.outcome().equals(ALERT)) {
            assertThat(outcome.err()).contains(ALERT);
        } else {
            assertThat(outcome.err().lines()).first().asString().endsWith(" failed: FATAL:  " + attempt.message());
        }
    }

    private String connection(Entrance entrance, Try attempt) {
        String host = attempt.caller() == SOCKET
                ? entrance.sockets().toString()
                : attempt.caller() == CAREFUL ? "localhost hostaddr=127.0.0.1" : "127.0.0.1";
        String password = attempt.password() == null ? "" : " password=" + attempt.password();
        return "host=" + host + " user=" + attempt.user() + " dbname=" + attempt.database() + password
                + attempt.caller().settings(files, ".key").entrySet().stream()
                        .map(setting -> " " + setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining());
    }

    @ParameterizedTest
    @MethodSource("onBoth")
    void theDriverIsTold(Maker maker, Try attempt) throws SQLException {
        Entrance entrance = entrance(maker, attempt);
        if (attempt.outcome().equals(IN)) {
            connect(entrance, attempt).close();
            return;
        }
        try (Connection session = connect(entrance, attempt)) {
            throw new AssertionError("let in: " + session);
        } catch (SQLException refused) {
            assertThat(String.valueOf(refused.getMessage()).lines()).first().isEqualTo("FATAL: " + attempt.message());
            assertThat(refused.getSQLState()).isEqualTo(attempt.sqlState());
        }
    }

    private Connection connect(Entrance entrance, Try attempt) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", attempt.user());
        properties.setProperty("gssEncMode", "disable");
        if (attempt.password() != null) {
            properties.setProperty("password", attempt.password());
        }
        properties.putAll(attempt.caller().settings(files, ".pk8"));
        String host = attempt.caller() == CAREFUL ? "localhost" : "127.0.0.1";
        return DriverManager.getConnection(
                "jdbc:postgresql://" + host + ":" + entrance.port() + "/" + attempt.database(), properties);
    }
}
