package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One postmaster per directory (DD-9..DD-17). */
class LockFileIT {

    @Test
    void aSecondPostmasterIsRefusedInPostgreSqlsWords() {
        try (var postmaster = RunningPostmaster.start()) {
            Outcome rival = postmaster.startRival();

            assertThat(rival.status()).isEqualTo(1);
            assertThat(rival.err() + rival.out())
                    .contains("FATAL:  lock file \"postmaster.pid\" already exists")
                    .contains("HINT:  Is another postmaster (PID " + postmaster.pid() + ") running in data directory \""
                            + postmaster.dataDirectory() + "\"?");
            assertThat(postmaster.psql("-A", "-t", "-c", "select 1").out().strip())
                    .isEqualTo("1");
        }
    }

    @Test
    void theLockFileTellsWhoServesWhereAndThatItIsReady() {
        try (var postmaster = RunningPostmaster.start()) {
            Path lockFile = postmaster.dataDirectory().resolve("postmaster.pid");
            // The log says it first, as in PostgreSQL.
            Deadline.await("the lock file says so", RunningPostmaster.PATIENCE, () -> linesOf(lockFile)
                    .getLast()
                    .equals("ready   "));
            List<String> lines = linesOf(lockFile);

            assertThat(lines).hasSize(8);
            assertThat(lines.get(0)).isEqualTo(Long.toString(postmaster.pid()));
            assertThat(lines.get(1)).isEqualTo(postmaster.dataDirectory().toString());
            assertThat(lines.get(3)).isEqualTo(Integer.toString(postmaster.port()));
            assertThat(lines.get(4)).isEqualTo(postmaster.socketDirectory().toString());
            assertThat(lines.get(5)).isEqualTo("localhost");
        }
    }

    @Test
    void aStaleLockFileIsNoObstacle() throws IOException {
        try (var postmaster = RunningPostmaster.start()) {
            postmaster.signal("KILL");
            postmaster.awaitExit();
            Path lockFile = postmaster.dataDirectory().resolve("postmaster.pid");
            assertThat(lockFile).exists();

            postmaster.startAgain();

            postmaster.awaitLog("database system is ready to accept connections");
            assertThat(Files.readAllLines(lockFile).getFirst()).isEqualTo(Long.toString(postmaster.pid()));
        }
    }

    /** DD-22; PostgreSQL looks once a minute, too. */
    @Test
    void aPostmasterWhoseLockFileWasTakenAwayGoesWithinAMinute() throws IOException {
        try (var postmaster = RunningPostmaster.start()) {
            Files.delete(postmaster.dataDirectory().resolve("postmaster.pid"));

            postmaster.awaitExit(Duration.ofSeconds(90));

            assertThat(postmaster.log())
                    .anyMatch(line ->
                            line.endsWith("performing immediate shutdown because data directory lock file is invalid"));
        }
    }

    @Test
    void theCommandLineIsKeptForTheNextStart() throws IOException {
        try (var postmaster = RunningPostmaster.start()) {
            assertThat(Files.readString(postmaster.dataDirectory().resolve("postmaster.opts")))
                    .contains("quarkus-run.jar")
                    .contains("\"-D\" \"" + postmaster.dataDirectory() + "\"");
        }
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aTakenManagementPortIsNamed() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> RunningPostmaster.start("management_port=" + taken.getLocalPort()))
                    .hasMessageContaining("FATAL:  could not listen on management port " + taken.getLocalPort()
                            + ": Address already in use")
                    .hasMessageContaining("HINT:  Is another postmaster running? Give management_port another value;");
        }
    }
}
