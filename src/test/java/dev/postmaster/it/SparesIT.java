package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Backends that were there before their client, and those that serve one client after the other. */
class SparesIT {
    private static final String ONE = "spares_min=1";

    /** A process without a client, once there is one; it may still be on its way to wait, which is no difference. */
    private static int awaitSpare(RunningPostmaster postmaster) {
        Deadline.await("a backend waits", RunningPostmaster.PATIENCE, () -> spare(postmaster) > 0);
        return spare(postmaster);
    }

    private static int spare(RunningPostmaster postmaster) {
        return Proc.childrenOf(postmaster.pid(), "backend").stream()
                .filter(pid -> "/dev/null".equals(Proc.descriptorsOf(pid).get(0)))
                .findFirst()
                .orElse(0);
    }

    @Test
    void aClientIsServedByAProcessThatWasThereBeforeIt() throws SQLException {
        try (var postmaster = RunningPostmaster.start(ONE)) {
            int waiting = awaitSpare(postmaster);

            try (Connection client = postmaster.connect()) {
                assertThat(RunningPostmaster.backendPid(client)).isEqualTo(waiting);
                assertThat(awaitSpare(postmaster)).as("its successor").isNotEqualTo(waiting);
            }
        }
    }

    @Test
    void aSpareHasRehearsedASessionWithoutFault() {
        try (var postmaster = RunningPostmaster.start(ONE, "log_min_messages=debug1")) {
            Deadline.await(
                    "a backend waits",
                    RunningPostmaster.PATIENCE,
                    () -> Exposition.of(postmaster).sum("postmaster_spares", "state", "idle") > 0);
            assertThat(postmaster.log())
                    .anyMatch(line -> line.contains("DEBUG:"))
                    .noneMatch(line -> line.contains("rehearsal of a session failed"));
        }
    }

    @Test
    void aProcessServesOneClientAfterTheOther() throws SQLException {
        try (var postmaster = RunningPostmaster.start(ONE)) {
            int first;
            try (Connection client = postmaster.connect()) {
                first = RunningPostmaster.backendPid(client);
            }
            var seen = new ArrayList<Integer>();
            Deadline.await("one serves again", RunningPostmaster.PATIENCE, () -> {
                try (Connection client = postmaster.connect()) {
                    int pid = RunningPostmaster.backendPid(client);
                    boolean again = pid == first || seen.contains(pid);
                    seen.add(pid);
                    return again;
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
        }
    }

    @Test
    void aClientThatJustHangsUpLeavesTheProcessFitForTheNext() throws Exception {
        try (var postmaster = RunningPostmaster.start(ONE)) {
            int process;
            try (var client = new RawClient(postmaster.port())) {
                client.begin("postgres");
                process = client.backend();
            }
            Deadline.await("it waits again", RunningPostmaster.PATIENCE, () -> "/dev/null"
                    .equals(Proc.descriptorsOf(process).get(0)));
            List<Connection> crowd = new ArrayList<>(); // who stays leaves the next client to another process
            Deadline.await("it serves again", RunningPostmaster.PATIENCE, () -> {
                try {
                    crowd.add(postmaster.connect());
                    return RunningPostmaster.backendPid(crowd.getLast()) == process;
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
            for (Connection client : crowd) {
                client.close();
            }
        }
    }

    @Test
    void withOneSessionABackendEveryClientHasAFreshProcess() throws SQLException {
        try (var postmaster = RunningPostmaster.start(ONE, "sessions_per_backend=1")) {
            var seen = new ArrayList<Integer>();
            for (int i = 0; i < 4; i++) {
                try (Connection client = postmaster.connect()) {
                    seen.add(RunningPostmaster.backendPid(client));
                }
            }
            assertThat(seen).doesNotHaveDuplicates();
            Proc.awaitGone(seen.getFirst());
        }
    }

    @Test
    void withoutSparesNobodyWaitsAndAProcessEndsWithItsClient() throws SQLException {
        try (var postmaster = RunningPostmaster.start("spares_max=0")) {
            int pid;
            try (Connection client = postmaster.connect()) {
                pid = RunningPostmaster.backendPid(client);
                assertThat(Proc.childrenOf(postmaster.pid(), "backend")).containsExactly(pid);
                assertThat(Path.of("/tmp/.java_pid" + pid)).as("its JVM's door").exists();
            }
            Proc.awaitGone(pid);
            assertThat(Proc.childrenOf(postmaster.pid(), "backend")).isEmpty();
            Deadline.await(
                    "nothing is left in /tmp",
                    RunningPostmaster.PATIENCE,
                    () -> Files.notExists(Path.of("/tmp/.java_pid" + pid)));
        }
    }

    @Test
    void aBackendThatIsStoppedIsPassedOverAndLeaves() throws SQLException {
        try (var postmaster = RunningPostmaster.start(ONE)) {
            awaitAllWaiting(postmaster);
            List<Integer> stopped = Proc.childrenOf(postmaster.pid(), "backend");
            stopped.forEach(pid -> RunningPostmaster.signal(pid, "STOP"));

            try (Connection client = postmaster.connect()) {
                assertThat(stopped).doesNotContain(RunningPostmaster.backendPid(client));
                stopped.forEach(Proc::awaitGone);
            }
        }
    }

    /** As the postmaster sees it. */
    private static void awaitAllWaiting(RunningPostmaster postmaster) {
        Deadline.await("all backends wait", RunningPostmaster.PATIENCE, () -> {
            int backends = Proc.childrenOf(postmaster.pid(), "backend").size();
            return backends > 0 && Exposition.of(postmaster).sum("postmaster_spares", "state", "idle") == backends;
        });
    }

    @Test
    void aBackendThatIsStoppedBeforeItWaitsHoldsUpNobodyForLong() throws SQLException {
        try (var postmaster = RunningPostmaster.start(ONE);
                Connection first = postmaster.connect()) {
            int stopped = awaitSpare(postmaster); // it is on its way, or there already
            RunningPostmaster.signal(stopped, "STOP");

            try (Connection client = postmaster.connect()) {
                assertThat(RunningPostmaster.backendPid(client)).isNotEqualTo(stopped);
            }
            RunningPostmaster.signal(stopped, "CONT");
            assertThat(first.isValid(30)).isTrue();
        }
    }

    @Test
    void aBackendThatHangsAtBirthIsNoticedAndTakesNobodysSeat() throws SQLException {
        try (var postmaster = RunningPostmaster.launchOnly(ONE, "max_connections=2")) {
            Deadline.await("a backend is born", RunningPostmaster.PATIENCE, () -> !backends(postmaster)
                    .isEmpty());
            int hanging = backends(postmaster).getFirst();
            RunningPostmaster.signal(hanging, "STOP");

            postmaster.awaitLog("server process (PID " + hanging + ") has not become ready within 10 s");
            try (Connection one = postmaster.connect();
                    Connection inTheLastSlot = postmaster.connect()) {
                assertThat(RunningPostmaster.backendPid(one)).isNotEqualTo(hanging);
                assertThat(RunningPostmaster.backendPid(inTheLastSlot)).isNotEqualTo(hanging);
            }
            RunningPostmaster.signal(hanging, "CONT");
            Deadline.await("it was welcome, or has left", RunningPostmaster.PATIENCE, () -> {
                boolean waits = Exposition.of(postmaster).sum("postmaster_spares", "state", "idle")
                        == backends(postmaster).size();
                return waits;
            });
        }
    }

    private static List<Integer> backends(RunningPostmaster postmaster) {
        return Proc.childrenOf(postmaster.pid(), "backend");
    }

    @Test
    void aCrowdIsServedThoughOnlyOneWaits() throws SQLException {
        try (var postmaster = RunningPostmaster.start(ONE, "spares_max=2")) {
            awaitSpare(postmaster);
            List<Connection> crowd = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                crowd.add(postmaster.connect());
            }
            for (Connection client : crowd) {
                assertThat(RunningPostmaster.backendPid(client)).isPositive();
                client.close();
            }
            Deadline.await(
                    "no more than the limit stay",
                    RunningPostmaster.PATIENCE,
                    () -> Proc.childrenOf(postmaster.pid(), "backend").size() <= 2);
        }
    }

    @Test
    void aClientThatIsRefusedCostsItsProcessAndNobodyElse() throws SQLException {
        try (var postmaster = RunningPostmaster.start(ONE, "spares_max=1")) {
            int waiting = awaitSpare(postmaster);

            assertThatThrownBy(() -> postmaster.connect("nowhere", new Properties()))
                    .hasMessageContaining("database \"nowhere\" does not exist");

            Proc.awaitGone(waiting);
            try (Connection client = postmaster.connect()) {
                assertThat(client.isValid(30)).isTrue();
            }
        }
    }

    @Test
    void aClientSurvivesTheDeathOfTheSpareThatWasMeantForIt() throws SQLException {
        try (var postmaster = RunningPostmaster.start(ONE, "spares_max=1")) {
            int waiting = awaitSpare(postmaster);
            RunningPostmaster.signal(waiting, "KILL");
            Deadline.await(
                    "it is dead", RunningPostmaster.PATIENCE, () -> Proc.isZombie(waiting) || !Proc.exists(waiting));

            try (Connection client = postmaster.connect()) {
                assertThat(RunningPostmaster.backendPid(client)).isNotEqualTo(waiting);
            }
            postmaster.awaitLog("server process (PID " + waiting + ") was terminated by signal 9: Killed");
        }
    }

    @Test
    void aCrashCycleReplacesTheSpares() throws SQLException {
        try (var postmaster = RunningPostmaster.start(ONE, "crash_scope=reset")) {
            int waiting = awaitSpare(postmaster);
            try (Connection victim = postmaster.connect()) {
                RunningPostmaster.signal(RunningPostmaster.backendPid(victim), "KILL");
                postmaster.awaitLog("database system is ready to accept connections", 2);
            }
            assertThat(awaitSpare(postmaster)).isNotEqualTo(waiting);
            try (Connection client = postmaster.connect()) {
                assertThat(client.isValid(30)).isTrue();
            }
        }
    }

    @Test
    void noSpareStandsInTheWayOfAShutdownNotEvenAStoppedOne() {
        for (String request : List.of("TERM", "INT")) {
            try (var postmaster =
                    RunningPostmaster.start(ONE, "fast_shutdown_timeout=1s", "smart_shutdown_timeout=1s")) {
                int waiting = awaitSpare(postmaster);
                RunningPostmaster.signal(waiting, "STOP");

                postmaster.signal(request);

                assertThat(postmaster.awaitExit()).as(request).isIn(0, 1);
                assertThat(Proc.exists(waiting)).isFalse();
            }
        }
    }

    @Test
    void whatIsReloadedWhileASpareWaitsHoldsForItsClient() throws Exception {
        try (var postmaster = RunningPostmaster.start(ONE, "spares_max=1")) {
            int waiting = awaitSpare(postmaster);
            Files.writeString(
                    postmaster.dataDirectory().resolve("postmaster.conf"),
                    "statement_timeout = 7s\n",
                    StandardOpenOption.APPEND);
            postmaster.signal("HUP");
            postmaster.awaitLog("parameter \"statement_timeout\" changed to \"7s\"");

            try (Connection client = postmaster.connect();
                    var rows = client.createStatement().executeQuery("show statement_timeout")) {
                assertThat(RunningPostmaster.backendPid(client)).isEqualTo(waiting);
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("7s");
            }
        }
    }
}
