package dev.postmaster.it;

import static dev.postmaster.it.Admin.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.postmaster.cluster.WorkerStatus.State;
import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The admin API of a real postmaster: what it shows is what pmctl shows, and what it is asked for happens. */
class AdminApiIT {
    @Test
    void whatIsSeenIsWhatPmctlSees() throws SQLException {
        try (var pmctl = new Pmctl();
                var postmaster = RunningPostmaster.start(
                        "worker.w.command=sleep 1000", "worker.w.environment=PASSWORD=hush", "max_connections=7");
                Connection session = postmaster.connect()) {
            var admin = new Admin(postmaster);
            int backend = RunningPostmaster.backendPid(session);
            new WorkerNews(postmaster).await("w", State.RUNNING);
            awaitBackend(admin, backend);

            Deadline.await("both see the same state", RunningPostmaster.PATIENCE, () -> pmctl(pmctl, postmaster, "why")
                    .containsAll(lines(admin.get("/status"))));
            assertThat(admin.get("/status").getBoolean("stuck")).isFalse();

            Deadline.await(
                    "both see the same processes", RunningPostmaster.PATIENCE, () -> rows(admin.get("/processes"))
                            .equals(pids(pmctl(pmctl, postmaster, "ps"))));
            assertThat(admin.get("/processes/" + backend).getString("client"))
                    .startsWith("postgres@postgres 127.0.0.1");
            assertThat(admin.get("/workers").getList("workers.pid"))
                    .containsExactly(new WorkerNews(postmaster).of("w").pid());

            String settings = admin.request().get("/settings").body().asString();
            assertThat(settings).doesNotContain("hush");
            assertThat(JsonPath.from(settings).getMap("settings.find { it.name == 'max_connections' }"))
                    .containsEntry("value", "7")
                    .containsEntry("source", "command line");
        }
    }

    @Test
    void theHistoryTellsOfACrashCycle() {
        try (var postmaster = RunningPostmaster.start()) {
            var admin = new Admin(postmaster);
            RunningPostmaster.signal(
                    Proc.childrenOf(postmaster.pid(), "checkpointer").getFirst(), "KILL");
            postmaster.awaitLog("database system is ready to accept connections", 2);

            Deadline.await("the end of the cycle is history", RunningPostmaster.PATIENCE, () -> admin.get("/history")
                    .getList("history.pmState", String.class)
                    .getLast()
                    .equals("PM_RUN"));
            JsonPath history = admin.get("/history");
            assertThat(history.getList("history.pmState", String.class)).startsWith("PM_INIT", "PM_STARTUP");
            assertThat(history.getString("history.find { it.crashCycle }.cause"))
                    .startsWith("checkpointer process (PID ")
                    .endsWith("was terminated by signal 9: Killed");
            assertThat(history.getList("history.crashCycle", Boolean.class).getLast())
                    .isFalse();
        }
    }

    @Test
    void theSettingsAreReloadedAndASessionIsTerminated() throws Exception {
        try (var postmaster = RunningPostmaster.start();
                Connection session = postmaster.connect()) {
            var admin = new Admin(postmaster);
            admin.configure("lock_timeout = '3s'\n");
            admin.post("/reload").statusCode(202).body("requested", equalTo("reload"));
            Deadline.await("the new value is in force", RunningPostmaster.PATIENCE, () -> admin.get("/settings")
                    .getString("settings.find { it.name == 'lock_timeout' }.value")
                    .equals("3s"));

            int backend = RunningPostmaster.backendPid(session);
            admin.post("/processes/" + backend + "/terminate").statusCode(202).body("pid", equalTo(backend));
            Proc.awaitGone(backend);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> session.createStatement().execute("select 1"))
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("57P01"));
        }
    }

    @Test
    void whatCannotBeDoneIsRefusedWithARemedy() {
        try (var postmaster = RunningPostmaster.start()) {
            var admin = new Admin(postmaster);
            int checkpointer = Proc.childrenOf(postmaster.pid(), "checkpointer").getFirst();
            assertProblem(admin.post("/processes/" + checkpointer + "/terminate"), 409, "checkpointer and no backend");
            assertProblem(admin.post("/processes/1/terminate"), 404, "process 1 is none");
            assertProblem(admin.post("/processes/one/terminate"), 400, "\"one\" is no process number");
            assertProblem(admin.post("/workers/w/start"), 404, "no background worker \"w\"");
            assertProblem(admin.post("/stop"), 400, "is no shutdown mode");
            assertProblem(admin.post("/rotate-log"), 409, "no log file");
            assertProblem(admin.request().get("/log").then(), 409, "does not come back");
            assertProblem(admin.request().get("/log?level=loud").then(), 400, "\"loud\" is no severity");
            assertProblem(admin.request().get("/stop?mode=fast").then(), 405, "GET is not for /stop");
            assertProblem(admin.request().get("/page").then(), 404, "there is no /page here");
            admin.request().get("/openapi.yaml").then().statusCode(200).body(containsString("openapi: 3.1.0"));
            assertThat(admin.get("/status").getString("shutdown")).isEqualTo("none");
        }
    }

    @Test
    void aWorkerIsStoppedAndStarted() {
        try (var postmaster = RunningPostmaster.startWithoutCluster("worker.w.command=sleep 1000")) {
            var admin = new Admin(postmaster);
            var news = new WorkerNews(postmaster);
            int first = news.await("w", State.RUNNING).pid();

            admin.post("/workers/w/stop").statusCode(202).body("worker", equalTo("w"));
            news.await("w", State.STOPPED);
            Deadline.await("the API says so, too", RunningPostmaster.PATIENCE, () -> admin.get("/workers")
                    .getString("workers[0].state")
                    .equals("stopped"));
            admin.post("/workers/w/start").statusCode(202);
            assertThat(news.await("w", State.RUNNING).pid()).isNotEqualTo(first);
            postmaster.awaitLog("LOG:  received request to start background worker \"w\"");
        }
    }

    @Test
    void theLogOfASessionIsHeardAndEndsWithTheServer() throws SQLException {
        try (var postmaster = RunningPostmaster.start("logging_collector=on", "log_destination=console,stderr");
                var all = new LogListener(postmaster, "");
                var errors = new LogListener(postmaster, "?kind=backend&level=error");
                Connection session = postmaster.connect()) {
            var admin = new Admin(postmaster);
            int backend = RunningPostmaster.backendPid(session);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> session.createStatement().execute("nonsense"));
            errors.await("\"pid\":" + backend);
            assertThat(errors.records())
                    .singleElement()
                    .asString()
                    .contains("\"error_severity\":\"ERROR\"", "nonsense");

            String before = Proc.read(postmaster.dataDirectory().resolve("current_logfiles"));
            Deadline.await("a file named after another second", RunningPostmaster.PATIENCE, () -> {
                admin.post("/rotate-log").statusCode(202);
                return !Proc.read(postmaster.dataDirectory().resolve("current_logfiles"))
                        .equals(before);
            });
            admin.post("/stop?mode=fast").statusCode(202).body("mode", equalTo("fast"));
            all.await("received fast shutdown request");
            assertThat(postmaster.awaitExit()).isZero();
            all.awaitEnd();
            assertThat(errors.records()).allMatch(record -> record.contains("ERROR") || record.contains("FATAL"));
        }
    }

    @Test
    void aListenerThatDoesNotReadLosesRecordsAndNobodyWaitsForIt() throws SQLException, IOException {
        String large = "nonsense /* " + "x".repeat(1 << 16) + " */";
        try (var postmaster = RunningPostmaster.start("logging_collector=on", "log_destination=console");
                var slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.setSoTimeout((int) RunningPostmaster.PATIENCE.toMillis());
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), postmaster.managementPort()));
            slow.getOutputStream()
                    .write("GET /api/v1/log HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(slow.getInputStream(), StandardCharsets.UTF_8));
            awaitLine(answer, ": the log from now on");
            try (Connection session = postmaster.connect()) {
                for (int record = 0; record < 256; record++) {
                    assertThatExceptionOfType(SQLException.class)
                            .isThrownBy(() -> session.createStatement().execute(large));
                }
            }
            awaitLine(answer, "event: dropped");
        }
    }

    private static void awaitLine(BufferedReader answer, String wanted) throws IOException {
        String line = answer.readLine();
        while (line != null && !line.equals(wanted)) {
            line = answer.readLine();
        }
        assertThat(line).isEqualTo(wanted);
    }

    /** What is told once a heartbeat knows it, too. */
    private static void awaitBackend(Admin admin, int backend) {
        Deadline.await("the session is counted", RunningPostmaster.PATIENCE, () -> {
            JsonPath status = admin.get("/status");
            return status.getInt("clients.sessions") == 1
                    && admin.get("/processes")
                            .getList("processes.pid", Integer.class)
                            .contains(backend);
        });
    }

    private static List<String> pmctl(Pmctl pmctl, RunningPostmaster postmaster, String verb) {
        Outcome outcome = pmctl.plain(verb, "-D", postmaster.dataDirectory().toString());
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return outcome.out().lines().toList();
    }

    /** What {@code pmctl why} says of this. */
    private static List<String> lines(JsonPath status) {
        return List.of(
                "state       " + status.getString("pmState"),
                "cause       " + status.getString("cause"),
                "waits for   " + status.getString("waitsFor"),
                "clients     %s; %d sessions, %d free slots, %d waiting for a backend, %d not introduced"
                        .formatted(
                                status.getString("clients.answer"),
                                status.getInt("clients.sessions"),
                                status.getInt("clients.freeSlots"),
                                status.getInt("clients.waitingForBackend"),
                                status.getInt("clients.notIntroduced")));
    }

    /** {@code PID NAME} of the living, in order. */
    private static List<String> rows(JsonPath processes) {
        var rows = new ArrayList<String>();
        for (Map<String, Object> row : processes.<Map<String, Object>>getList("processes")) {
            rows.add(row.get("pid") + " " + row.get("name"));
        }
        return rows;
    }

    private static List<String> pids(List<String> table) {
        return table.stream()
                .map(String::strip)
                .filter(line -> Character.isDigit(line.charAt(0)))
                .map(line -> line.replaceFirst("^(\\d+) +(?:- )?", "$1 ").replaceFirst("  .*", ""))
                .toList();
    }
}
