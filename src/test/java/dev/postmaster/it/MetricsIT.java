package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What Prometheus reads of a postmaster to which things happen. */
class MetricsIT {
    private static final int CANCEL_REQUEST = 80_877_102;

    @Test
    void aSessionIsCountedFromItsSocketToItsEnd() throws SQLException {
        try (var postmaster = RunningPostmaster.start("spares_max=0")) {
            try (Connection session = postmaster.connect()) {
                session.createStatement().execute("checkpoint");
                await(postmaster, 1, "postmaster_children", "kind", "backend", "state", "active");
                await(postmaster, 1, "postmaster_slots_used", "pool", "backend");
                for (String stage : new String[] {"spawn", "jvm", "init", "main"}) {
                    await(postmaster, 1, "postmaster_child_start_seconds_count", "kind", "backend", "stage", stage);
                }
                await(postmaster, 1, "postmaster_checkpoints_total", "result", "done");
            }
            await(postmaster, 1, "postmaster_exits_total", "kind", "backend", "cause", "exit", "code", "0");
            await(postmaster, 0, "postmaster_children", "kind", "backend");
            Exposition now = Exposition.of(postmaster);
            assertThat(now.sum("postmaster_connections_accepted_total")).isOne();
            assertThat(now.sum("postmaster_connections_admitted_total")).isOne();
            assertThat(now.sum("postmaster_handover_seconds_count", "by", "launch"))
                    .isOne();
            assertThat(now.sum("postmaster_launches_total", "kind", "backend")).isOne();
            assertThat(now.sum("postmaster_launch_seconds_count", "kind", "backend"))
                    .isOne();
            assertThat(now.sum("postmaster_backend_sessions_count")).isOne();
            assertThat(now.sum("postmaster_backend_sessions_sum")).isOne();
            assertThat(now.sum("postmaster_slots", "pool", "backend")).isEqualTo(100);
        }
    }

    @Test
    void whoeverConnectsIsCountedAsOneThing() throws SQLException, IOException {
        try (var postmaster = RunningPostmaster.start("max_connections_per_source=1");
                Socket silent = socket(postmaster);
                Connection only = postmaster.connect()) {
            assertThat(only.isValid(0)).isTrue();
            await(postmaster, 1, "postmaster_clients_waiting");
            assertThatExceptionOfType(SQLException.class).isThrownBy(postmaster::connect);
            send(postmaster, "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            send(postmaster, cancelRequest());
            comeAndGo(postmaster);
            await(postmaster, 1, "postmaster_connections_refused_total", "reason", "source_limit");
            await(postmaster, 1, "postmaster_connections_refused_total", "reason", "malformed");
            await(postmaster, 1, "postmaster_cancel_requests_total");
            await(postmaster, 1, "postmaster_connections_abandoned_total");

            postmaster.signal("TERM");
            postmaster.awaitLog("received smart shutdown request");
            assertThatExceptionOfType(SQLException.class).isThrownBy(postmaster::connect);
            await(postmaster, 1, "postmaster_connections_refused_total", "reason", "shutting_down");

            silent.shutdownOutput();
            await(postmaster, 2, "postmaster_connections_abandoned_total");
            Exposition now = Exposition.of(postmaster);
            assertThat(now.sum("postmaster_connections_refused_total")).isEqualTo(3);
            assertThat(now.sum("postmaster_connections_accepted_total"))
                    .isEqualTo(7)
                    .isEqualTo(now.sum("postmaster_connections_admitted_total")
                            + now.sum("postmaster_connections_refused_total")
                            + now.sum("postmaster_connections_abandoned_total")
                            + now.sum("postmaster_cancel_requests_total"));
        }
    }

    @Test
    void aKilledBackendIsAnExitBySignalAndNoCrashCycle() throws SQLException {
        try (var postmaster = RunningPostmaster.start();
                Connection session = postmaster.connect()) {
            RunningPostmaster.signal(RunningPostmaster.backendPid(session), "KILL");

            await(postmaster, 1, "postmaster_exits_total", "kind", "backend", "cause", "signal", "code", "SIGKILL");
            assertThat(Exposition.of(postmaster).sum("postmaster_crash_cycles_total"))
                    .isZero();
        }
    }

    @Test
    void aCrashCycleIsSeenWhileItLastsAndCountedAfterwards() throws SQLException {
        try (var postmaster = RunningPostmaster.start();
                Connection session = postmaster.connect()) {
            assertPhase(Exposition.of(postmaster), "PM_RUN");
            RunningPostmaster.signal(RunningPostmaster.backendPid(session), "STOP");
            RunningPostmaster.signal(
                    Proc.childrenOf(postmaster.pid(), "checkpointer").getFirst(), "KILL");
            await(postmaster, 1, "postmaster_state", "state", "PM_WAIT_BACKENDS");
            assertPhase(Exposition.of(postmaster), "PM_WAIT_BACKENDS");

            postmaster.awaitLog("database system is ready to accept connections", 2);
            await(postmaster, 1, "postmaster_state", "state", "PM_RUN");
            Exposition after = Exposition.of(postmaster);
            assertPhase(after, "PM_RUN");
            assertThat(after.sum("postmaster_crash_cycles_total")).isOne();
            assertThat(after.sum("postmaster_launches_total", "kind", "startup"))
                    .isEqualTo(2);
            assertThat(after.sum("postmaster_launches_total", "kind", "checkpointer"))
                    .isEqualTo(2);
            assertThat(after.sum("postmaster_exits_total", "kind", "checkpointer", "code", "SIGKILL"))
                    .isOne();
            await(postmaster, 2, "postmaster_child_start_seconds_count", "kind", "checkpointer", "stage", "main");
        }
    }

    @Test
    void recordsOfTheCollectorAreCounted() throws SQLException {
        try (var postmaster = RunningPostmaster.start("logging_collector=on", "log_destination=stderr,console");
                Connection session = postmaster.connect()) {
            double before = Exposition.of(postmaster).sum("postmaster_log_records_total");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> session.createStatement().execute("nonsense"));
            Deadline.await(
                    "the error is counted",
                    RunningPostmaster.PATIENCE,
                    () -> Exposition.of(postmaster).sum("postmaster_log_records_total") > before);
            assertThat(Exposition.of(postmaster).sum("postmaster_log_records_dropped_total"))
                    .isZero();
        }
    }

    private static void assertPhase(Exposition now, String phase) {
        assertThat(now.sum("postmaster_state", "state", phase)).isOne();
        assertThat(now.sum("postmaster_state")).isOne();
        assertThat(now.samples("postmaster_state")).hasSize(11);
    }

    private static void await(RunningPostmaster postmaster, double value, String name, String... labels) {
        String what = name + " " + String.join(" ", labels) + " is " + value;
        Deadline.await(
                what,
                RunningPostmaster.PATIENCE,
                () -> Exposition.of(postmaster).sum(name, labels) == value);
    }

    private static Socket socket(RunningPostmaster postmaster) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), postmaster.port());
    }

    private static void comeAndGo(RunningPostmaster postmaster) throws IOException {
        try (Socket socket = socket(postmaster)) {
            socket.shutdownOutput();
        }
    }

    /** Sends this and waits until the postmaster has closed, by a reset if it has not read all. */
    private static void send(RunningPostmaster postmaster, byte[] bytes) throws IOException {
        try (Socket socket = socket(postmaster)) {
            socket.getOutputStream().write(bytes);
            socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            assertThat(reset).hasMessage("Connection reset");
        }
    }

    private static byte[] cancelRequest() {
        return ByteBuffer.allocate(16)
                .putInt(16)
                .putInt(CANCEL_REQUEST)
                .putInt(1)
                .putInt(1)
                .array();
    }
}
