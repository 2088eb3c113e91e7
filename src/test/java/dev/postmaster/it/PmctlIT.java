package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code bin/pmctl} on clusters whose server is not there: a table of command, situation, output and exit status (CTL-1 to
 * CTL-15). {@link PmctlStandInIT} has a server that does not listen, {@link PmctlServerIT} the real one.
 */
class PmctlIT {
    private static final String NO_PID_FILE =
            "pmctl: PID file \"DATA/postmaster.pid\" does not exist\nIs server running?\n";
    private static final String ANYWAY = "pmctl: another server might be running; trying to start server anyway\n";
    private static final String FAILED_START = "pmctl: could not start server\nExamine the log output.\n";
    private static final String GONE =
            "pmctl: old server process (PID: 999999999) seems to be gone\nstarting server anyway\n";

    /** What a command finds. */
    enum Situation {
        NO_DIRECTORY {
            @Override
            void make(Pmctl pmctl) {}
        },
        NO_CLUSTER {
            @Override
            void make(Pmctl pmctl) throws IOException {
                Files.createDirectory(pmctl.data());
            }
        },
        STOPPED {
            @Override
            void make(Pmctl pmctl) {
                pmctl.init();
            }
        },
        EMPTY_PID_FILE {
            @Override
            void make(Pmctl pmctl) {
                pmctl.init();
                pmctl.pidFile("");
            }
        },
        GARBAGE_IN_PID_FILE {
            @Override
            void make(Pmctl pmctl) {
                pmctl.init();
                pmctl.pidFile("abc\n");
            }
        },
        DEAD_SERVER {
            @Override
            void make(Pmctl pmctl) {
                pmctl.init();
                pmctl.pidFile("999999999\n");
            }
        };

        abstract void make(Pmctl pmctl) throws IOException;
    }

    /** One row: the command's words, and what they come to. */
    record Row(Situation situation, String command, int status, String out, String err) {
        @Override
        public String toString() {
            return command + " with " + situation;
        }
    }

    private static Row row(Situation situation, String command, int status, String out, String err) {
        return new Row(situation, command, status, out, err);
    }

    static List<Row> rows(Situation situation) {
        List<Row> rows = new ArrayList<>();
        switch (situation) {
            case NO_DIRECTORY -> {
                String missing = "pmctl: directory \"DATA\" does not exist\n";
                rows.add(row(situation, "status", 4, "", missing));
                rows.add(row(situation, "ps", 4, "", missing));
                rows.add(row(situation, "why", 4, "", missing));
                rows.add(row(situation, "start", 1, "", missing));
                rows.add(row(situation, "stop", 1, "", missing));
            }
            case NO_CLUSTER -> {
                String none = "pmctl: directory \"DATA\" is not a database cluster directory\n";
                rows.add(row(situation, "status", 4, "", none));
                rows.add(row(situation, "restart", 1, "", none));
                rows.add(row(situation, "reload", 1, "", none));
            }
            case STOPPED -> stopped(rows);
            case EMPTY_PID_FILE -> {
                String empty = "pmctl: the PID file \"DATA/postmaster.pid\" is empty\n";
                rows.add(row(situation, "status", 1, "", empty));
                rows.add(row(situation, "start", 1, "", empty));
            }
            case GARBAGE_IN_PID_FILE ->
                rows.add(row(situation, "stop", 1, "", "pmctl: invalid data in PID file \"DATA/postmaster.pid\"\n"));
            case DEAD_SERVER -> dead(rows);
        }
        return rows;
    }

    private static void stopped(List<Row> rows) {
        Situation stopped = Situation.STOPPED;
        rows.add(row(stopped, "status", 3, "pmctl: no server running\n", ""));
        rows.add(row(stopped, "ps", 3, "", "pmctl: no server running\n"));
        rows.add(row(stopped, "why", 3, "", "pmctl: no server running\n"));
        for (String command : List.of("stop", "reload", "promote", "logrotate")) {
            rows.add(row(stopped, command, 1, "", NO_PID_FILE));
        }
        rows.add(row(
                stopped,
                "restart",
                1,
                "",
                NO_PID_FILE + "trying to start server anyway\n"
                        + "pmctl: could not read file \"DATA/postmaster.opts\"\n"));
        rows.add(row(stopped, "log", 1, "", "pmctl: there is no log file: the log goes to standard error\n"));
        rows.add(row(stopped, "start -s -p /bin/false", 1, "", FAILED_START));
        rows.add(
                row(stopped, "start -p /bin/false", 1, "waiting for server to start. stopped waiting\n", FAILED_START));
        rows.add(row(stopped, "start -W -p /bin/false", 0, "server starting\n", ""));
    }

    private static void dead(List<Row> rows) {
        Situation dead = Situation.DEAD_SERVER;
        rows.add(row(dead, "status", 3, "pmctl: no server running\n", ""));
        rows.add(row(dead, "stop", 1, "", "pmctl: could not send stop signal (PID: 999999999): No such process\n"));
        rows.add(row(dead, "reload", 1, "", "pmctl: could not send reload signal (PID: 999999999): No such process\n"));
        rows.add(row(
                dead,
                "logrotate",
                1,
                "",
                "pmctl: could not send log rotation signal (PID: 999999999): No such process\n"));
        rows.add(row(
                dead,
                "start -p /bin/false",
                1,
                "waiting for server to start. stopped waiting\n",
                ANYWAY + FAILED_START));
        rows.add(row(
                dead,
                "restart -p /bin/false -o x",
                1,
                "waiting for server to start. stopped waiting\n",
                GONE + FAILED_START));
    }

    @ParameterizedTest
    @EnumSource
    void everyCommandWithoutAServer(Situation situation) throws IOException {
        try (var pmctl = new Pmctl()) {
            situation.make(pmctl);
            for (Row row : rows(situation)) {
                assertThat(pmctl.run(row.command().split(" ", -1)))
                        .as(row.toString())
                        .isEqualTo(new Outcome(row.status(), row.out(), row.err()));
            }
            assertThat(pmctl.data().resolve("logrotate")).doesNotExist();
            Files.deleteIfExists(pmctl.data().resolve("postmaster.pid"));
        }
    }
}
