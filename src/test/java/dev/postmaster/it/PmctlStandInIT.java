package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.ClusterState;
import dev.postmaster.cluster.ControlFile;
import dev.postmaster.cluster.FileModes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code bin/pmctl} and a server that is a stand-in: what is waited for, for how long, and what is signalled. */
class PmctlStandInIT {
    private static final String FAILED_STOP = "pmctl: server does not shut down\n";
    private static final String HINT = """
            HINT: The "-m fast" option immediately disconnects sessions rather than
            waiting for session-initiated disconnection.
            """;

    /** A command's words, and what they come to. */
    private record Row(String command, int status, String out, String err) {}

    private static Row row(String command, int status, String out, String err) {
        return new Row(command, status, out, err);
    }

    private static List<Row> commandsForAServerThatDoesNotListen() {
        String shutDown = "waiting for server to shut down. failed\n";
        return List.of(
                row("stop -t 1", 1, shutDown, FAILED_STOP),
                row("stop -t 1 -m smart", 1, shutDown, FAILED_STOP + HINT),
                row("stop -W", 0, "server shutting down\n", ""),
                row("restart -t 1 -m i", 1, shutDown, FAILED_STOP),
                row("promote", 1, "", "pmctl: cannot promote server; server is not in standby mode\n"));
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
    void aStandbyIsPromotedWhenItsControlFileSaysSo_CTL11() throws IOException, InterruptedException {
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
                Thread promotion = Thread.ofPlatform().daemon().start(() -> {
                    Deadline.await("promotion", RunningPostmaster.PATIENCE, () -> Files.exists(request));
                    state(pmctl, ClusterState.IN_PRODUCTION);
                });
                assertThat(pmctl.run("promote"))
                        .isEqualTo(new Outcome(0, "waiting for server to promote. done\nserver promoted\n", ""));
                promotion.join();
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

    private static void state(Pmctl pmctl, ClusterState state) {
        var layout = new ClusterLayout(pmctl.data());
        ControlFile.write(layout, ControlFile.read(layout).withState(state, Instant.now()), FileModes.OWNER_ONLY);
    }
}
