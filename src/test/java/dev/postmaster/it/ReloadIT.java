package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** SG-11, SG-33: what becomes of the settings of sessions that are there when the server's change. */
class ReloadIT {
    @Test
    void aSessionFollowsTheFileInAllThatItHasNotSetItself() throws Exception {
        try (var postmaster = RunningPostmaster.start();
                Connection plain = postmaster.connect();
                Connection own = postmaster.connect()) {
            execute(own, "set statement_timeout = '9s'");

            change(postmaster, "statement_timeout = '5s'\nlock_timeout = '3s'\n");

            awaitValue(plain, "statement_timeout", "5s");
            awaitValue(own, "lock_timeout", "3s");
            assertThat(show(own, "statement_timeout")).isEqualTo("9s");
            execute(own, "reset statement_timeout");
            assertThat(show(own, "statement_timeout")).isEqualTo("5s");
            try (Connection later = postmaster.connect()) {
                assertThat(show(later, "lock_timeout")).isEqualTo("3s");
            }
        }
    }

    @Test
    void aFileWithAMistakeChangesNothing() throws Exception {
        try (var postmaster = RunningPostmaster.start();
                Connection session = postmaster.connect()) {
            change(postmaster, "lock_timeout = '3s'\n");
            awaitValue(session, "lock_timeout", "3s");

            change(postmaster, "lock_timeout = '4s'\nstatement_timeout = soon\n");
            postmaster.awaitLog("contains errors; no changes were applied");

            assertThat(show(session, "lock_timeout")).isEqualTo("3s");
        }
    }

    private static void change(RunningPostmaster postmaster, String lines) throws IOException {
        Path file = postmaster.dataDirectory().resolve("postmaster.conf");
        Files.writeString(file, lines, StandardOpenOption.APPEND);
        postmaster.signal("HUP");
    }

    /** The signal reaches a session some time after the postmaster. */
    private static void awaitValue(Connection session, String name, String value) {
        Deadline.await(name + " is " + value, RunningPostmaster.PATIENCE, () -> {
            try {
                return show(session, name).equals(value);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static String show(Connection session, String name) throws SQLException {
        try (var statement = session.createStatement();
                var rows = statement.executeQuery("show " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
