package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What makes guessing slow, and a flood from one address harmless; and what a crash leaves on the disk. */
class ThrottleIT {
    @Test
    void whoComesTooOftenIsToldSo() throws IOException {
        try (var postmaster = RunningPostmaster.start("connection_rate_per_source=1")) {
            int refused = 0;
            for (int i = 0; i < 20; i++) {
                String said = postmaster.psql("-c", "select 1").err();
                if (!said.isEmpty()) {
                    refused++;
                    assertThat(said)
                            .contains("FATAL:  too many new connections from this address")
                            .contains("HINT:  Keep connections open, or raise connection_rate_per_source.");
                }
            }
            assertThat(refused).isPositive();
            postmaster.awaitLog("too many new connections from its address (connection_rate_per_source)");
            assertThat(Exposition.of(postmaster).sum("postmaster_connections_refused_total", "reason", "source_rate"))
                    .isEqualTo(refused);
        }
    }

    @Test
    void aProgramIsNotStartedForWhoComesTooOften() throws IOException {
        try (var postmaster = RunningPostmaster.start("backend_command=cat", "connection_rate_per_source=1");
                var first = new LineClient(postmaster.port());
                var second = new LineClient(postmaster.port())) {
            assertThat(List.of(String.valueOf(first.ask("a")), String.valueOf(second.ask("b"))))
                    .contains("null");
            postmaster.awaitLog("too many new connections from its address (connection_rate_per_source)");
        }
    }

    @Test
    void aWrongPasswordIsAnsweredLateAndARightOneAtOnce() throws IOException {
        try (var postmaster = RunningPostmaster.start("authentication_failure_delay=2s")) {
            assertThat(postmaster
                            .psql("-c", "create role ann login password 'right'")
                            .err())
                    .isEmpty();
            Files.writeString(postmaster.dataDirectory().resolve("pg_hba.conf"), "host all all all scram-sha-256\n");
            long begun = System.nanoTime();
            assertThat(postmaster
                            .psql("-w", "-d", "user=ann dbname=postgres password=wrong")
                            .err())
                    .contains("password authentication failed for user \"ann\"");
            assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(2_000_000_000L);
            assertThat(postmaster
                            .psql("-w", "-d", "user=ann dbname=postgres password=right", "-c", "select 1")
                            .err())
                    .isEmpty();
        }
    }

    @Test
    void theDelayHoldsUpNoShutdown() throws Exception {
        try (var postmaster =
                RunningPostmaster.start("authentication_failure_delay=10min", "authentication_timeout=10min")) {
            Files.writeString(postmaster.dataDirectory().resolve("pg_hba.conf"), "host all all all scram-sha-256\n");
            Process guess = new ProcessBuilder(
                            "psql",
                            "-X",
                            "-w",
                            "-h",
                            "127.0.0.1",
                            "-p",
                            String.valueOf(postmaster.port()),
                            "-d",
                            "user=ghost dbname=postgres password=wrong sslmode=disable")
                    .redirectErrorStream(true)
                    .start();
            try {
                Deadline.await(
                        "a session in authentication",
                        RunningPostmaster.PATIENCE,
                        () -> Exposition.of(postmaster).sum("postmaster_connections_admitted_total") > 0);
                postmaster.signal("INT");
                assertThat(postmaster.awaitExit()).isZero();
            } finally {
                guess.destroyForcibly();
            }
        }
    }

    @Test
    void aCrashLeavesNoMemoryOnTheDiskUnlessWanted() throws IOException, SQLException {
        try (var postmaster = RunningPostmaster.start();
                Connection session = postmaster.connect()) {
            assertThat(coreLimit(postmaster.pid())).isEqualTo("0");
            assertThat(coreLimit(RunningPostmaster.backendPid(session))).isEqualTo("0");
        }
        try (var postmaster = RunningPostmaster.start("core_files=on");
                Connection session = postmaster.connect()) {
            String ours = coreLimit(ProcessHandle.current().pid());
            assertThat(coreLimit(postmaster.pid())).isEqualTo(ours);
            assertThat(coreLimit(RunningPostmaster.backendPid(session))).isEqualTo(ours);
        }
    }

    /** The soft one. */
    private static String coreLimit(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/limits")).stream()
                .filter(line -> line.startsWith("Max core file size"))
                .map(line -> line.replaceFirst("Max core file size +(\\S+) .*", "$1"))
                .findFirst()
                .orElseThrow();
    }
}
