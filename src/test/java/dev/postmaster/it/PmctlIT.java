package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.ClusterState;
import dev.postmaster.cluster.ControlFile;
import dev.postmaster.cluster.FileModes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code bin/pmctl} on clusters whose server is not there, or is a stand-in: a table of command, situation, output and
 * exit status (CTL-1 to CTL-15). {@link PmctlServerIT} has the real server.
 */
class PmctlIT {
    private static final String NO_PID_FILE =
            "pmctl: PID file \"DATA/postmaster.pid\" does not exist\nIs server running?\n";
    private static final String ANYWAY = "pmctl: another server might be running; trying to start server anyway\n";
    private static final String FAILED_START = "pmctl: could not start server\nExamine the log output.\n";
    private static final String FAILED_STOP = "pmctl: server does not shut down\n";
    private static final String HINT = """
            HINT: The "-m fast" option immediately disconnects sessions rather than
            waiting for session-initiated disconnection.
            """;
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
                        + "pmctl: option file \"DATA/postmaster.opts\" must have exactly one line\n"));
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

    static List<Row> commandsForAServerThatDoesNotListen() {
        String shutDown = "waiting for server to shut down. failed\n";
        return List.of(
                row(Situation.STOPPED, "stop -t 1", 1, shutDown, FAILED_STOP),
                row(Situation.STOPPED, "stop -t 1 -m smart", 1, shutDown, FAILED_STOP + HINT),
                row(Situation.STOPPED, "stop -W", 0, "server shutting down\n", ""),
                row(Situation.STOPPED, "restart -t 1 -m i", 1, shutDown, FAILED_STOP),
                row(
                        Situation.STOPPED,
                        "promote",
                        1,
                        "",
                        "pmctl: cannot promote server; server is not in standby mode\n"));
    }

    @Test
    void aServerThatDoesNotListenIsNotWaitedForForEver_CTL3() throws IOException {
        try (var pmctl = new Pmctl()) {
            pmctl.init();
            try (var server = StandIn.start()) {
                pmctl.pidFile(server.pid() + "\n");
                for (Row row : commandsForAServerThatDoesNotListen()) {
                    assertThat(pmctl.run(row.command().split(" ", -1)))
                            .as(row.toString())
                            .isEqualTo(new Outcome(row.status(), row.out(), row.err()));
                }
            }
            Files.delete(pmctl.data().resolve("postmaster.pid"));
        }
    }

    @Test
    void aStandbyIsPromotedWhenItsControlFileSaysSo_CTL11() throws IOException {
        try (var pmctl = new Pmctl()) {
            pmctl.init();
            try (var server = StandIn.start()) {
                pmctl.pidFile(server.pid() + "\n");
                state(pmctl, ClusterState.IN_ARCHIVE_RECOVERY);
                assertThat(pmctl.run("promote", "-t", "1"))
                        .isEqualTo(new Outcome(
                                1,
                                "waiting for server to promote. stopped waiting\n",
                                "pmctl: server did not promote in time\n"));
                assertThat(pmctl.run("promote", "-W")).isEqualTo(new Outcome(0, "server promoting\n", ""));
                Path request = pmctl.data().resolve("promote");
                assertThat(request).exists();
                Files.delete(request);
                Thread.ofPlatform().daemon().start(() -> {
                    Deadline.await("promotion", RunningPostmaster.PATIENCE, () -> Files.exists(request));
                    state(pmctl, ClusterState.IN_PRODUCTION);
                });
                assertThat(pmctl.run("promote"))
                        .isEqualTo(new Outcome(0, "waiting for server to promote. done\nserver promoted\n", ""));
            }
            Files.delete(pmctl.data().resolve("postmaster.pid"));
        }
    }

    @Test
    void killSendsOneSignalToOneProcess_CTL13() {
        try (var pmctl = new Pmctl();
                var server = StandIn.start()) {
            String pid = Long.toString(server.pid());
            assertThat(pmctl.plain("kill", "KILL", pid)).isEqualTo(new Outcome(0, "", ""));
            assertThat(server.awaitExit()).isEqualTo(128 + 9);
            assertThat(pmctl.plain("kill", "TERM", "999999999"))
                    .isEqualTo(
                            new Outcome(1, "", "pmctl: could not send signal 15 (PID: 999999999): No such process\n"));
            assertThat(pmctl.plain("kill", "--", "TERM", "-1"))
                    .isEqualTo(new Outcome(1, "", "pmctl: could not send signal 15 (PID: -1): No such process\n"));
        }
    }

    @Test
    void rootIsRefusedUnlessAllowed_CTL2() {
        assumeTrue(System.getProperty("user.name").equals("root"));
        var builder = new ProcessBuilder("bin/pmctl", "status", "-D", "/nowhere");
        assertThat(Outcome.of(builder)).isEqualTo(new Outcome(1, "", """
                        pmctl: cannot be run as root
                        Please log in (using, e.g., "su") as the (unprivileged) user that will
                        own the server process.
                        """));
        assertThat(Outcome.of(new ProcessBuilder("bin/pmctl", "--version")).status())
                .isZero();
    }

    @ParameterizedTest
    @MethodSource
    void theLogFileIsShownAsFarAsAsked(LogRow row) throws IOException {
        try (var pmctl = new Pmctl()) {
            pmctl.init();
            Path data = pmctl.data();
            Files.writeString(data.resolve("current_logfiles"), "stderr log/a.log\njsonlog log/a.json\n");
            Files.writeString(data.resolve("log/a.log"), "t [7] LOG:  one\nt [8] ERROR:  two\nt [8] HINT:  three\n");
            Files.writeString(
                    data.resolve("log/a.json"),
                    "{\"timestamp\":\"t\",\"pid\":9,\"error_severity\":\"LOG\",\"message\":\"four\","
                            + "\"backend_type\":\"checkpointer\"}\n");
            assertThat(pmctl.run(row.command().split(" ", -1))).isEqualTo(new Outcome(0, row.out(), ""));
        }
    }

    /** {@code script} gives it a terminal; the level has a colour there, unless somebody wants none. */
    @ParameterizedTest
    @CsvSource({"NO_COLOR=, true", "NO_COLOR=1, false"})
    void onATerminalTheLogHasColours(String variable, boolean coloured) throws IOException {
        try (var pmctl = new Pmctl()) {
            pmctl.init();
            Files.writeString(pmctl.data().resolve("current_logfiles"), "stderr log/a.log\n");
            Files.writeString(pmctl.data().resolve("log/a.log"), "t [8] ERROR:  two\n");
            String command = String.join(
                    " ", pmctl.builder("log", "-D", pmctl.data().toString()).command());
            Outcome seen =
                    Outcome.of(new ProcessBuilder("script", "-qec", "env " + variable + " " + command, "/dev/null"));
            assertThat(seen.out()).contains("t [8] ERROR:  two");
            assertThat(seen.out().contains("\033[0m")).isEqualTo(coloured);
        }
    }

    record LogRow(String command, String out) {}

    static List<LogRow> theLogFileIsShownAsFarAsAsked() {
        return List.of(
                new LogRow("log", "t [7] LOG:  one\nt [8] ERROR:  two\nt [8] HINT:  three\n"),
                new LogRow("log --level error", "t [8] ERROR:  two\nt [8] HINT:  three\n"),
                new LogRow("log --pid 7", "t [7] LOG:  one\n"),
                new LogRow("log --kind checkpointer", "t [9] LOG:  four\n"),
                new LogRow("log --kind backend", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            st                 | start stop status
            -D d stop -m f     | fast
            kill H             | HUP
            log --l            | --level
            start --l          | --log
            `stop `             | ``
            """)
    void bashCompletesCommandsAndOptions(String typed, String offered) {
        String script = "source bin/pmctl-completion.bash; COMP_WORDS=(pmctl \"$@\"); COMP_CWORD=$#; _pmctl;"
                + " echo \"${COMPREPLY[*]}\"";
        List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
        command.addAll(List.of(typed.split(" ", -1)));
        assertThat(Outcome.of(new ProcessBuilder(command))).isEqualTo(new Outcome(0, offered + "\n", ""));
    }

    private static void state(Pmctl pmctl, ClusterState state) {
        var layout = new ClusterLayout(pmctl.data());
        ControlFile.write(layout, ControlFile.read(layout).withState(state, Instant.now()), FileModes.OWNER_ONLY);
    }
}
