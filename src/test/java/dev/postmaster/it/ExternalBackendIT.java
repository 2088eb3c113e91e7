package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Any program that talks on a socket can be the backend; each client has a process of it to itself. */
class ExternalBackendIT {
    private static final String READY = "database system is ready to accept connections";

    @Test
    void theProgramHasTheClientAsItsStandardStreamsAndKnowsWhereItComesFrom() {
        String script = "read line; echo \"$line $REMOTE_HOST $REMOTE_ADDR $REMOTE_PORT $GREETING $(pwd)\"";
        try (var postmaster = serving("sh -c '" + script + "'", "backend_environment=\"GREETING=hello there\"");
                var client = new LineClient(postmaster.port())) {
            assertThat(client.ask("asked"))
                    .isEqualTo("asked 127.0.0.1 127.0.0.1 " + client.localPort() + " hello there "
                            + postmaster.dataDirectory());
            assertThat(client.hear()).isNull();
        }
    }

    @Test
    void itsProcessHasNothingOfOursButTheClientAndThePipeForWhatItSays() {
        try (var postmaster = serving("cat");
                var client = new LineClient(postmaster.port())) {
            assertThat(client.ask("echo")).isEqualTo("echo");
            int pid = Proc.childrenOf(postmaster.pid()).getFirst();
            assertThat(Proc.commandLine(pid)).isEqualTo("cat ");
            assertThat(Proc.sessionOf(pid)).isEqualTo(pid);
            Map<Integer, String> descriptors = Proc.descriptorsOf(pid);
            assertThat(descriptors).containsOnlyKeys(0, 1, 2);
            assertThat(descriptors.get(0)).startsWith("socket:").isEqualTo(descriptors.get(1));
            assertThat(descriptors.get(2)).startsWith("pipe:");
        }
    }

    @Test
    void listenFdsPassesTheClientAsDescriptorThree() {
        String script = "test $LISTEN_PID = $$ && echo $LISTEN_FDS >&3; echo said by the program";
        try (var postmaster = serving("sh -c '" + script + "'", "backend_socket=listen_fds");
                var client = new LineClient(postmaster.port())) {
            assertThat(client.hear()).isEqualTo("1");
            assertThat(client.hear()).isNull();
            postmaster.awaitLog("LOG:  said by the program");
        }
    }

    @Test
    void whatItSaysIsLoggedInItsNameInEveryForm() throws Exception {
        try (var postmaster = serving("sh -c 'echo $$; echo complaint >&2; read line; printf \"last words\" >&2'")) {
            try (var client = new LineClient(postmaster.port())) {
                String pid = client.hear();
                postmaster.awaitLog("[" + pid + "] LOG:  complaint");
                client.ask("go");
                postmaster.awaitLog("[" + pid + "] LOG:  last words");
                postmaster.awaitLog("[" + pid + "] DETAIL:  This is a part of a line.");
            }
        }
        try (var postmaster = serving(
                        "sh -c 'echo $$; echo complaint >&2; read line'",
                        "logging_collector=on",
                        "log_destination=stderr,csvlog,jsonlog,console",
                        "log_filename=pm.log");
                var client = new LineClient(postmaster.port())) {
            String pid = client.hear();
            String from = "127.0.0.1:" + client.localPort();
            awaitIn(postmaster, "pm.log", "[" + pid + "] LOG:  complaint");
            awaitIn(postmaster, "pm.csv", "," + pid + ",\"" + from + "\",");
            awaitIn(postmaster, "pm.csv", "\"complaint\"");
            awaitIn(postmaster, "pm.json", "\"pid\":" + pid + ",\"remote_host\":\"127.0.0.1\"");
            awaitIn(postmaster, "pm.json", "\"application_name\":\"sh\",\"backend_type\":\"client backend\"");
            postmaster.awaitLog("postmaster: complaint");
        }
    }

    @Test
    void peopleSeeWhatItIsAndWhomItServes() {
        try (var pmctl = new Pmctl();
                var postmaster = serving("cat");
                var client = new LineClient(postmaster.port())) {
            assertThat(client.ask("1")).isEqualTo("1");
            int pid = Proc.childrenOf(postmaster.pid()).getFirst();
            String data = postmaster.dataDirectory().toString();
            var row = Pattern.compile(pid + "  - backend +sleeping +\\d+s +127\\.0\\.0\\.1\n");
            Deadline.await("it is in the status file", RunningPostmaster.PATIENCE, () -> row.matcher(
                            pmctl.plain("ps", "-D", data).out())
                    .find());

            postmaster.signal("TERM");
            postmaster.awaitLog("received smart shutdown request");
            Deadline.await(
                    "why knows whom it waits for",
                    RunningPostmaster.PATIENCE,
                    () -> pmctl.plain("why", "-D", data).out().contains(" " + pid + " backend, sleeping, 127.0.0.1\n"));
        }
    }

    @Test
    void theDeathOfOneIsNobodyElsesAlsoWithResetForAll() {
        try (var postmaster = serving("cat", "crash_scope=reset");
                var victim = new LineClient(postmaster.port())) {
            assertThat(victim.ask("1")).isEqualTo("1");
            int pid = Proc.childrenOf(postmaster.pid()).getFirst();
            try (var other = new LineClient(postmaster.port())) {
                assertThat(other.ask("2")).isEqualTo("2");
                RunningPostmaster.signal(pid, "KILL");
                postmaster.awaitLog("server process (PID " + pid + ") was terminated by signal 9: Killed");
                assertThat(other.ask("still here")).isEqualTo("still here");
            }
            assertThat(victim.hear()).isNull();
            assertThat(String.join("\n", postmaster.log())).doesNotContain("terminating any other");
        }
    }

    @Test
    void whoIsOneTooManyFindsTheConnectionClosedAndTheLogSaysWhy() {
        try (var postmaster = serving("cat", "max_connections=3");
                var clients = new Clients(postmaster, 3)) {
            for (int i = 0; i < 50; i++) {
                try (var refused = new LineClient(postmaster.port())) {
                    assertThat(refused.ask("hello")).isNull();
                }
            }
            postmaster.awaitLog("refused connection from 127.0.0.1:");
            postmaster.awaitLog("further connections: sorry, too many clients already");
            assertThat(postmaster.log().stream().filter(line -> line.contains("too many clients")))
                    .hasSizeLessThan(25);
            clients.leave();
            Deadline.await("room for one more", RunningPostmaster.PATIENCE, () -> echoes(postmaster));
        }
    }

    @Test
    void oneAddressMayHaveSoManySessionsAndNoMore() throws SQLException {
        try (var postmaster = serving("cat", "max_connections_per_source=2");
                var clients = new Clients(postmaster, 2)) {
            try (var refused = new LineClient(postmaster.port())) {
                assertThat(refused.ask("hello")).isNull();
            }
            postmaster.awaitLog("too many connections from its address (max_connections_per_source)");
            clients.leave();
            Deadline.await("room for one more", RunningPostmaster.PATIENCE, () -> echoes(postmaster));
        }
        try (var postmaster = RunningPostmaster.start("max_connections_per_source=1");
                var session = postmaster.connect()) {
            assertThat(session.isValid(30)).isTrue();
            assertThat(postmaster.psql("-c", "select 1").err())
                    .contains("FATAL:  too many connections from address \"127.0.0.1\"")
                    .contains("DETAIL:  max_connections_per_source is 1.");
            assertThat(Outcome.of(new ProcessBuilder(
                                    "psql",
                                    "-X",
                                    "-h",
                                    postmaster.socketDirectory().toString(),
                                    "-p",
                                    Integer.toString(postmaster.port()),
                                    "-U",
                                    "postgres",
                                    "-Atc",
                                    "select 'no address'",
                                    "postgres"))
                            .out())
                    .isEqualTo("no address\n");
        }
    }

    @Test
    void aProgramThatIsNotThereIsSaidSoAndTheNextClientIsTriedAgain() throws Exception {
        try (var postmaster = serving("./later")) {
            try (var refused = new LineClient(postmaster.port())) {
                assertThat(refused.hear()).isNull();
            }
            postmaster.awaitLog(
                    "LOG:  could not start program \"./later\" of backend_command: No such file or directory");
            Path later = Files.writeString(postmaster.dataDirectory().resolve("later"), "#!/bin/sh\necho here\n");
            assertThat(later.toFile().setExecutable(true)).isTrue();
            try (var client = new LineClient(postmaster.port())) {
                assertThat(client.hear()).isEqualTo("here");
            }
        }
    }

    @Test
    void shutdownsWaitForTellOrKillTheProgram() {
        try (var postmaster = serving("cat");
                var clients = new Clients(postmaster, 2)) {
            postmaster.signal("TERM");
            postmaster.awaitLog("received smart shutdown request");
            assertThat(clients.first().ask("still served")).isEqualTo("still served");
            clients.leave();
            assertThat(postmaster.awaitExit()).isZero();
        }
        try (var postmaster = serving("sh -c 'trap \"echo told >&2; exit 7\" TERM; echo up; read line; read line'");
                var client = new LineClient(postmaster.port())) {
            assertThat(client.hear()).isEqualTo("up");
            postmaster.signal("INT");
            postmaster.awaitLog("LOG:  told");
            assertThat(postmaster.awaitExit()).isZero();
        }
        try (var postmaster = serving("sh -c 'trap \"\" TERM; echo up; while :; do sleep 1; done'");
                var client = new LineClient(postmaster.port())) {
            assertThat(client.hear()).isEqualTo("up");
            postmaster.signal("QUIT");
            postmaster.awaitLog("does not leave and gets SIGKILL");
            assertThat(postmaster.awaitExit()).isZero();
            assertThat(client.hear()).isNull();
        }
    }

    @Test
    void aReloadIsNoneOfItsBusiness() {
        try (var postmaster = serving("cat");
                var client = new LineClient(postmaster.port())) {
            assertThat(client.ask("before")).isEqualTo("before");
            postmaster.signal("HUP");
            postmaster.awaitLog("received SIGHUP, reloading configuration files");
            assertThat(client.ask("after")).isEqualTo("after");
        }
    }

    @Test
    void aPostmasterThatIsKilledLeavesNoProgramBehind() {
        try (var postmaster = serving("cat");
                var client = new LineClient(postmaster.port())) {
            assertThat(client.ask("here")).isEqualTo("here");
            int program = Proc.childrenOf(postmaster.pid()).getFirst();
            postmaster.signal("KILL");
            postmaster.awaitExit();
            assertThat(client.hear()).isNull();
            Proc.awaitEnd(program);
        }
    }

    /** What a program leaves behind goes on talking, and keeps nobody from ending. */
    @Test
    void whoTalksOnWhenTheProgramIsGoneIsStillHeard() {
        try (var postmaster = serving("sh -c 'echo up; (for i in $(seq 200); do echo tick >&2; sleep 0.1; done) &'");
                var client = new LineClient(postmaster.port())) {
            assertThat(client.hear()).isEqualTo("up");
            Deadline.await(
                    "the program is gone", RunningPostmaster.PATIENCE, () -> Proc.childrenOf(postmaster.pid()).stream()
                            .noneMatch(pid -> Proc.commandLine(pid).contains("echo up") && Proc.sessionOf(pid) == pid));
            postmaster.awaitLog("LOG:  tick", 20);
            postmaster.signal("INT");
            assertThat(postmaster.awaitExit()).isZero();
        }
    }

    @Test
    void aClusterAndAProgramDoNotMindEachOther() {
        try (var postmaster = RunningPostmaster.start("backend_command=cat");
                var client = new LineClient(postmaster.port())) {
            assertThat(client.ask("hello")).isEqualTo("hello");
            int checkpointer = Proc.childrenOf(postmaster.pid(), "checkpointer").getFirst();
            RunningPostmaster.signal(checkpointer, "KILL");
            postmaster.awaitLog(READY, 2);
            assertThat(client.hear()).as("a reset ends everybody").isNull();
            assertThat(echoes(postmaster)).isTrue();
        }
    }

    private static boolean echoes(RunningPostmaster postmaster) {
        try (var client = new LineClient(postmaster.port())) {
            return "echo".equals(client.ask("echo"));
        }
    }

    private static RunningPostmaster serving(String command, String... settings) {
        List<String> all = new ArrayList<>(List.of("backend_command=" + command));
        all.addAll(List.of(settings));
        return RunningPostmaster.startWithoutCluster(all.toArray(String[]::new));
    }

    private static void awaitIn(RunningPostmaster postmaster, String file, String text) {
        Path log = postmaster.dataDirectory().resolve("log").resolve(file);
        Deadline.await(
                text + " in " + file,
                RunningPostmaster.PATIENCE,
                () -> Files.exists(log) && Proc.read(log).contains(text));
    }

    /** Clients that each have a program which echoes. */
    private static final class Clients implements AutoCloseable {
        private final List<LineClient> clients = new ArrayList<>();

        Clients(RunningPostmaster postmaster, int count) {
            for (int i = 0; i < count; i++) {
                var client = new LineClient(postmaster.port());
                assertThat(client.ask("ready")).isEqualTo("ready");
                clients.add(client);
            }
        }

        LineClient first() {
            return clients.getFirst();
        }

        void leave() {
            clients.forEach(LineClient::close);
        }

        @Override
        public void close() {
            leave();
        }
    }
}
