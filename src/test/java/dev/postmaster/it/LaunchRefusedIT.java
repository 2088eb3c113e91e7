package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postmaster.cluster.WorkerStatus;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * CK-16 with a packaged postmaster that the kernel refuses a child: it may not have one descriptor more, or the program may
 * not be run. Which row of CK-16 is covered where: see {@link LaunchFaultsIT}.
 */
class LaunchRefusedIT {
    /** Fewer than it has. */
    private static final int TOO_FEW = 17;

    private static final int DISK_MEGABYTES = 16;
    private static final int PROTOCOL_3 = 3 << 16;

    @Test
    void aClientIsToldAndTheNextOneIsServed_CL40() throws IOException, SQLException {
        try (var postmaster = RunningPostmaster.start("max_connections=1", "spares_max=0")) {
            var before = Proc.descriptorsOf(postmaster.pid()).values();
            try (var client = new Socket(InetAddress.getLoopbackAddress(), postmaster.port())) {
                Deadline.await(
                        "the client is at the desk",
                        RunningPostmaster.PATIENCE,
                        () -> Proc.descriptorsOf(postmaster.pid()).values().stream()
                                .anyMatch(file -> file.startsWith("socket:") && !before.contains(file)));
                limitDescriptors(postmaster, TOO_FEW);
                introduce(client);

                var answer = new DataInputStream(client.getInputStream());
                assertThat(answer.read()).isEqualTo('E');
                assertThat(new String(answer.readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo("could not fork new process for connection: Too many open files\n\0");
                postmaster.awaitLog("LOG:  could not fork new process for connection: Too many open files");
            }
            limitDescriptors(postmaster, 1024);
            try (Connection inTheOnlySlot = postmaster.connect()) {
                assertThat(inTheOnlySlot.isValid(30)).isTrue();
            }
        }
    }

    @Test
    void aSysloggerIsTriedAgainAndNobodyElseNotices() throws SQLException {
        Place logs = Place.temporary();
        var log = new CollectedLog(logs.directory().resolve("pm.log"));
        try (var postmaster = RunningPostmaster.launchOnly(
                "logging_collector=on", "log_directory=" + logs.directory(), "log_filename=pm.log")) {
            Deadline.await(
                    "ready",
                    RunningPostmaster.PATIENCE,
                    () -> log.says(0, line -> line.endsWith("database system is ready to accept connections")));
            try (Connection session = postmaster.connect();
                    Connection another = postmaster.connect()) {
                int last = RunningPostmaster.backendPid(another);
                limitDescriptors(postmaster, TOO_FEW);
                int syslogger = Proc.childrenOf(postmaster.pid(), "syslogger").getFirst();
                RunningPostmaster.signal(syslogger, "KILL");
                Proc.awaitGone(syslogger);
                RunningPostmaster.signal(last, "TERM");
                Proc.awaitGone(last); // who reaps it has done with the syslogger before
                assertThat(session.isValid(30)).isTrue();
                limitDescriptors(postmaster, 1024);

                Deadline.await(
                        "its successor tells why it is late",
                        RunningPostmaster.PATIENCE,
                        () -> log.says(
                                0, line -> line.endsWith("LOG:  could not fork system logger: Too many open files")));
                assertThat(session.isValid(30)).isTrue();
            }
        } finally {
            logs.clear();
        }
    }

    @Test
    void aWorkerRestsUntilThereAreDescriptorsAgain() throws SQLException {
        String[] worker = {
            "worker.copy.function=backup",
            "worker.copy.argument=directory=backups every=1h",
            "worker.copy.database_access=on",
            "worker.copy.restart_interval=1s"
        };
        try (var postmaster = RunningPostmaster.start(worker);
                Connection session = postmaster.connect()) {
            int first = new WorkerNews(postmaster)
                    .await("copy", WorkerStatus.State.RUNNING)
                    .pid();
            limitDescriptors(postmaster, TOO_FEW);
            RunningPostmaster.signal(first, "TERM");
            postmaster.awaitLog("LOG:  could not fork worker process: Too many open files");
            assertThat(session.isValid(30)).isTrue();
            limitDescriptors(postmaster, 1024);

            Deadline.await("another one is there", RunningPostmaster.PATIENCE, () -> !Proc.childrenOf(
                            postmaster.pid(), "bgworker")
                    .isEmpty());
            assertThat(Proc.exists(first)).isFalse();
        }
    }

    @Test
    void withoutAStartupProcessThereIsNothingToWaitFor() {
        Optional<SmallDisk> disk = SmallDisk.mount(DISK_MEGABYTES);
        assumeTrue(disk.isPresent(), "mounting is not allowed here");
        try (var own = disk.get();
                var postmaster = RunningPostmaster.launchOnlyIn(own.place())) {
            postmaster.awaitLog("database system is ready to accept connections");
            own.disable(Path.of(System.getProperty("java.home"), "bin/java"));

            RunningPostmaster.signal(
                    Proc.childrenOf(postmaster.pid(), "checkpointer").getFirst(), "KILL");

            assertThat(postmaster.awaitExit()).isEqualTo(1);
            assertThat(postmaster.log())
                    .anyMatch(line -> line.endsWith("could not fork startup process: Permission denied"))
                    .anyMatch(line -> line.endsWith("shutting down due to startup process failure"));
        }
    }

    private static void limitDescriptors(RunningPostmaster postmaster, int most) {
        Outcome outcome = Outcome.of(
                new ProcessBuilder("prlimit", "--pid", Long.toString(postmaster.pid()), "--nofile=" + most + ":"));
        assertThat(outcome.status()).as(outcome.err()).isZero();
    }

    private static void introduce(Socket client) throws IOException {
        byte[] user = "user\0postgres\0\0".getBytes(StandardCharsets.US_ASCII);
        var out = new DataOutputStream(client.getOutputStream());
        out.writeInt(2 * Integer.BYTES + user.length);
        out.writeInt(PROTOCOL_3);
        out.write(user);
        out.flush();
    }
}
