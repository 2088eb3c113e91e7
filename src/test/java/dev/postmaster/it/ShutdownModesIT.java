package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;

/** Smart, fast, immediate, and each overtaking the last (PM-38..PM-42, SG-2..SG-4). */
class ShutdownModesIT {

    @ParameterizedTest
    @CsvSource({"TERM, received smart shutdown request", "INT, received fast shutdown request"})
    void anOrderlyShutdownEndsWithStatusZeroAndLeavesNothingBehind(String signal, String message) throws SQLException {
        try (var postmaster = RunningPostmaster.start("spares_max=0")) {
            try (Connection connection = postmaster.connect()) {
                connection.createStatement().execute("create table kept (v int)");
                connection.createStatement().execute("insert into kept values (1)");
            }
            Deadline.await("the session's process is gone", RunningPostmaster.PATIENCE, () -> Proc.childrenOf(
                            postmaster.pid(), "backend")
                    .isEmpty());

            postmaster.signal(signal);

            assertThat(postmaster.awaitExit()).isZero();
            assertThat(postmaster.log())
                    .anyMatch(line -> line.contains(message))
                    .anyMatch(line -> line.endsWith("database system is shut down"));
            assertThat(postmaster.dataDirectory().resolve("postmaster.pid")).doesNotExist();
            postmaster.startAgain();
            postmaster.awaitLog("database system was shut down at");
            postmaster.awaitLog("database system is ready to accept connections");
        }
    }

    @Test
    void immediateShutdownSkipsTheCheckpointAndTheNextStartRecovers() throws SQLException {
        try (var postmaster = RunningPostmaster.start()) {
            try (Connection connection = postmaster.connect()) {
                connection.createStatement().execute("create table kept (v int)");
                connection.createStatement().execute("insert into kept values (1)");

                postmaster.signal("QUIT");

                assertThat(postmaster.awaitExit()).isZero();
            }
            assertThat(postmaster.log()).anyMatch(line -> line.contains("received immediate shutdown request"));

            postmaster.startAgain();
            postmaster.awaitLog("database system was not properly shut down; automatic recovery in progress");
            postmaster.awaitLog("database system is ready to accept connections");
            assertThat(postmaster
                            .psql("-A", "-t", "-c", "select v from kept")
                            .out()
                            .strip())
                    .isEqualTo("1");
        }
    }

    @Test
    void smartWaitsForTheLastSessionTurnsNewOnesAwayAndFastOvertakesIt() throws SQLException {
        try (var postmaster = RunningPostmaster.start()) {
            try (Connection connection = postmaster.connect()) {
                postmaster.signal("TERM");
                postmaster.awaitLog("received smart shutdown request");

                assertThatThrownBy(postmaster::connect)
                        .isInstanceOf(PSQLException.class)
                        .hasMessageContaining("the database system is shutting down")
                        .extracting(e -> ((PSQLException) e).getSQLState())
                        .isEqualTo("57P03");
                assertThat(connection.createStatement().execute("select 1")).isTrue();

                postmaster.signal("INT");
                postmaster.awaitLog("aborting any active transactions");
                assertThat(postmaster.awaitExit()).isZero();
                assertThatThrownBy(() -> connection.createStatement().execute("select 1"))
                        .isInstanceOf(SQLException.class)
                        .extracting(e -> ((SQLException) e).getSQLState())
                        .isEqualTo("57P01");
            }
        }
    }

    @Test
    void immediateOvertakesFastWhichAStoppedChildWouldHoldUp() throws SQLException {
        try (var postmaster = RunningPostmaster.start()) {
            try (Connection connection = postmaster.connect()) {
                assertThat(connection.isValid(30)).isTrue();
                int backend = RunningPostmaster.backendPid(connection);
                RunningPostmaster.signal(backend, "STOP");
                postmaster.signal("INT");
                postmaster.awaitLog("received fast shutdown request");
                assertThat(postmaster.isRunning()).isTrue();

                postmaster.signal("QUIT");

                // The stopped child ignores SIGQUIT: only the SIGKILL clock of 5 s ends it (PM-47).
                assertThat(postmaster.awaitExit(Duration.ofSeconds(30))).isZero();
                assertThat(postmaster.log())
                        .anyMatch(line -> line.contains("issuing SIGKILL to recalcitrant children"));
                assertThat(Proc.exists(backend)).isFalse();
            }
        }
    }
}
