package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code bin/pmctl} and a real postmaster, which has no HTTP: one life from init to stop, and what can be seen of it. */
class PmctlServerIT {
    private static final String STARTED = "waiting for server to start. done\nserver started\n";
    private static final String STOPPED = "waiting for server to shut down. done\nserver stopped\n";
    private static final String REFUSED = """
            pmctl: another server might be running; trying to start server anyway
            pmctl: could not start server
            Examine the log output.
            """;

    @Test
    void aWholeLife() {
        try (var pmctl = new Pmctl()) {
            assertThat(pmctl.run("init", "-o", "-U postgres").out()).contains("Success.");
            assertThat(pmctl.run("init", "-o", "-U postgres").err())
                    .endsWith("pmctl: database system initialization failed\n");
            String log = pmctl.log().toString();

            assertThat(pmctl.run("start", "-l", log, "-o", pmctl.serverOptions()))
                    .isEqualTo(new Outcome(0, STARTED, ""));
            int first = pmctl.postmaster();
            assertThat(Proc.sessionOf(first)).isEqualTo(first);
            assertThat(Proc.mapsOf(first)).contains("/postmaster.aot");
            Outcome status = pmctl.run("status");
            assertThat(status.status()).isZero();
            assertThat(status.out())
                    .startsWith("pmctl: server is running (PID: " + first + ")\n")
                    .contains("quarkus-run.jar \"-D\" \"DATA\"")
                    .contains("\"-p\" \"" + pmctl.port() + "\"");

            Outcome rival = pmctl.run("start", "-l", log, "-o", pmctl.serverOptions());
            assertThat(rival).isEqualTo(new Outcome(1, "waiting for server to start. stopped waiting\n", REFUSED));

            assertThat(pmctl.run("reload")).isEqualTo(new Outcome(0, "server signaled\n", ""));
            assertThat(pmctl.run("logrotate")).isEqualTo(new Outcome(0, "server signaled to rotate log file\n", ""));
            assertThat(pmctl.run("restart", "-l", log)).isEqualTo(new Outcome(0, STOPPED + STARTED, ""));
            assertThat(pmctl.postmaster()).isNotEqualTo(first);
            assertThat(pmctl.run("status").out()).contains("\"-p\" \"" + pmctl.port() + "\"");
            assertThat(pmctl.run("stop")).isEqualTo(new Outcome(0, STOPPED, ""));
            assertThat(pmctl.run("status").status()).isEqualTo(3);
            assertThat(pmctl.data().resolve("postmaster.status")).doesNotExist();
        }
    }

    @Test
    void psShowsEveryProcessAndHowTheLastOfItsKindEnded() throws SQLException {
        try (var pmctl = new Pmctl()) {
            pmctl.init();
            pmctl.start();
            try (Connection client = connect(pmctl);
                    Connection victim = connect(pmctl)) {
                int pid = RunningPostmaster.backendPid(client);
                client.setAutoCommit(false);
                client.createStatement().execute("select 1");
                int dead = RunningPostmaster.backendPid(victim);
                assertThat(pmctl.plain("kill", "KILL", Integer.toString(dead)).status())
                        .isZero();

                Deadline.await("ps tells of the dead backend", RunningPostmaster.PATIENCE, () -> pmctl.run("ps")
                        .out()
                        .contains("PID " + dead + " was terminated by signal 9: Killed"));
                String ps = pmctl.run("ps").out();
                assertThat(ps.lines().toList().get(1))
                        .matches(" *" + pmctl.postmaster() + "  postmaster +PM_RUN +\\d.*");
                assertThat(ps).containsPattern(pid + "  - backend +idle in transaction +\\d+s +postgres@postgres 127");
                assertThat(ps).containsPattern("\\d+  - checkpointer +(sleeping|running) ");
                assertThat(ps).containsPattern("  - startup +ended +PID \\d+ exited with exit code 0, ");
                assertThat(ps).doesNotContain(dead + "  - backend");
            }
        }
    }

    @Test
    void afterACrashTheNewGenerationIsShownAndTheCrashRemembered_PM50() throws SQLException {
        try (var pmctl = new Pmctl()) {
            pmctl.init();
            pmctl.start();
            int checkpointer =
                    Proc.childrenOf(pmctl.postmaster(), "checkpointer").getFirst();
            RunningPostmaster.signal(checkpointer, "KILL");

            String crash = "checkpointer process (PID " + checkpointer + ") was terminated by signal 9: Killed, ";
            Deadline.await("why tells of the crash and of its end", RunningPostmaster.PATIENCE, () -> {
                String why = pmctl.run("why").out();
                return why.contains(crash) && why.matches("(?s)state +PM_RUN\n.*");
            });
            try (Connection client = connect(pmctl)) {
                awaitSaid(pmctl, "ps", RunningPostmaster.backendPid(client) + "  - backend +idle +\\d+s +postgres@");
            }
        }
    }

    @Test
    void whyNamesTheClientThatASmartShutdownWaitsFor() throws SQLException {
        try (var pmctl = new Pmctl()) {
            pmctl.init();
            pmctl.start();
            awaitSaid(
                    pmctl,
                    "why",
                    "state +PM_RUN\n",
                    "cause +startup process \\(PID \\d+\\) exited with exit code 0\n",
                    "waits for +nothing\ndeadline +none\n");
            try (Connection client = connect(pmctl)) {
                int pid = RunningPostmaster.backendPid(client);
                pmctl.run("stop", "-m", "smart", "-W");

                awaitSaid(
                        pmctl,
                        "why",
                        "smart shutdown was requested",
                        "state +PM_RUN, smart shutdown\n",
                        "waits for +the clients to leave\n +" + pid + " backend, idle, postgres@",
                        "clients +the database system is shutting down; 1 sessions");
            }
        }
    }

    @Test
    void whyTellsWhatHappensToAChildThatDoesNotLeave_PM47() {
        try (var pmctl = new Pmctl()) {
            pmctl.init();
            pmctl.start();
            int checkpointer =
                    Proc.childrenOf(pmctl.postmaster(), "checkpointer").getFirst();
            RunningPostmaster.signal(checkpointer, "STOP");
            pmctl.run("stop", "-m", "immediate", "-W");

            String why = pmctl.run("why").out();
            assertThat(why)
                    .containsPattern("state +PM_WAIT_BACKENDS, immediate shutdown\n")
                    .containsPattern("cause +immediate shutdown was requested\n")
                    .contains(checkpointer + " checkpointer, stopped\n")
                    .containsPattern("deadline +every child that is left is sent SIGKILL, in [0-5]s\n");
            Deadline.await(
                    "the end",
                    RunningPostmaster.PATIENCE,
                    () -> !Files.exists(pmctl.data().resolve("postmaster.pid")));
        }
    }

    @Test
    void theLogIsFollowed() throws IOException {
        try (var pmctl = new Pmctl()) {
            pmctl.init();
            pmctl.start();
            Process follower =
                    pmctl.builder("log", "-f", "-D", pmctl.data().toString()).start();
            try (BufferedReader lines = follower.inputReader()) {
                awaitLine(lines, "database system is ready to accept connections");
                pmctl.run("reload");
                awaitLine(lines, "received SIGHUP, reloading configuration files");
            } finally {
                follower.destroyForcibly().onExit().join();
            }
        }
    }

    @Test
    void theLogIsFollowedAcrossARotation() throws IOException {
        try (var pmctl = new Pmctl()) {
            pmctl.init();
            String options = pmctl.serverOptions() + " -c logging_collector=on -c log_filename=%s.log";
            pmctl.run("start", "-l", pmctl.log().toString(), "-o", options);
            Process follower =
                    pmctl.builder("log", "-f", "-D", pmctl.data().toString()).start();
            try (BufferedReader lines = follower.inputReader()) {
                awaitLine(lines, "database system is ready to accept connections");
                String first = Files.readString(pmctl.data().resolve("current_logfiles"));
                Deadline.await("a file named after another second", RunningPostmaster.PATIENCE, () -> {
                    pmctl.run("logrotate");
                    return !String.join("\n", Pmctl.lines(pmctl.data().resolve("current_logfiles")))
                            .equals(first.strip());
                });
                pmctl.run("reload");
                awaitLine(lines, "received SIGHUP, reloading configuration files");
            } finally {
                follower.destroyForcibly().onExit().join();
            }
        }
    }

    @Test
    void ctrlCWhileWaitingReachesTheServer_CTL6() throws IOException, InterruptedException {
        try (var pmctl = new Pmctl()) {
            pmctl.init();
            var builder = pmctl.builder(
                    "start", "-D", pmctl.data().toString(), "-l", pmctl.log().toString());
            builder.command().addAll(List.of("-o", pmctl.serverOptions()));
            Process starting = builder.start();
            Deadline.await(
                    "the log says something",
                    RunningPostmaster.PATIENCE,
                    () -> Files.exists(pmctl.log())
                            && Pmctl.lines(pmctl.log()).stream()
                                    .anyMatch(line -> line.contains("starting Postmaster")));
            RunningPostmaster.signal(starting.pid(), "INT");

            assertThat(starting.waitFor()).isEqualTo(128 + 2);
            Deadline.await("the server leaves", RunningPostmaster.PATIENCE, () -> Pmctl.lines(pmctl.log()).stream()
                    .anyMatch(line -> line.endsWith("database system is shut down")));
            assertThat(Files.readString(pmctl.log())).contains("received fast shutdown request");
        }
    }

    /** Runs a command until it says something of each of these patterns: what is told is a moment late. */
    private static void awaitSaid(Pmctl pmctl, String command, String... patterns) {
        Deadline.await(command + " says " + String.join(", ", patterns), RunningPostmaster.PATIENCE, () -> {
            String said = pmctl.run(command).out();
            return Stream.of(patterns)
                    .allMatch(pattern -> Pattern.compile(pattern).matcher(said).find());
        });
    }

    private static void awaitLine(BufferedReader lines, String text) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(text)) {
                return;
            }
        }
        throw new AssertionError("not shown: " + text);
    }

    private static Connection connect(Pmctl pmctl) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + pmctl.port() + "/postgres?user=postgres&sslmode=disable");
    }
}
