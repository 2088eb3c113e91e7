package dev.postmaster.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.postmaster.cluster.WorkerStatus.State;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
            int backend = RunningPostmaster.backendPid(session);
            new WorkerNews(postmaster).await("w", State.RUNNING);
            awaitBackend(postmaster, backend);

            JsonPath status = get(postmaster, "/status");
            String clients = "%s; %d sessions, %d free slots, %d waiting for a backend, %d not introduced"
                    .formatted(
                            status.getString("clients.answer"),
                            status.getInt("clients.sessions"),
                            status.getInt("clients.freeSlots"),
                            status.getInt("clients.waitingForBackend"),
                            status.getInt("clients.notIntroduced"));
            assertThat(pmctl(pmctl, postmaster, "why"))
                    .contains("state       " + status.getString("pmState"))
                    .contains("cause       " + status.getString("cause"))
                    .contains("waits for   " + status.getString("waitsFor"))
                    .contains("clients     " + clients);
            assertThat(status.getInt("clients.sessions")).isOne();
            assertThat(status.getBoolean("stuck")).isFalse();

            assertThat(rows(get(postmaster, "/processes"))).isEqualTo(pids(pmctl(pmctl, postmaster, "ps")));
            assertThat(get(postmaster, "/processes/" + backend).getString("client"))
                    .startsWith("postgres@postgres 127.0.0.1");
            assertThat(get(postmaster, "/workers").getList("workers.pid"))
                    .containsExactly(new WorkerNews(postmaster).of("w").pid());

            String settings = request(postmaster).get("/settings").body().asString();
            assertThat(settings).doesNotContain("hush");
            assertThat(JsonPath.from(settings).getMap("settings.find { it.name == 'max_connections' }"))
                    .containsEntry("value", "7")
                    .containsEntry("source", "command line");
        }
    }

    @Test
    void theHistoryTellsOfACrashCycle() {
        try (var postmaster = RunningPostmaster.start()) {
            RunningPostmaster.signal(
                    Proc.childrenOf(postmaster.pid(), "checkpointer").getFirst(), "KILL");
            postmaster.awaitLog("database system is ready to accept connections", 2);

            JsonPath history = get(postmaster, "/history");
            assertThat(history.getList("history.pmState", String.class))
                    .startsWith("PM_INIT", "PM_STARTUP")
                    .endsWith("PM_RUN");
            assertThat(history.getString("history.find { it.crashCycle }.cause"))
                    .startsWith("checkpointer process (PID ")
                    .endsWith("was terminated by signal 9: Killed");
            assertThat(history.getList("history.crashCycle", Boolean.class).getLast()).isFalse();
        }
    }

    @Test
    void theSettingsAreReloadedAndASessionIsTerminated() throws Exception {
        try (var postmaster = RunningPostmaster.start();
                Connection session = postmaster.connect()) {
            append(postmaster, "lock_timeout = '3s'\n");
            post(postmaster, "/reload").statusCode(202).body("requested", equalTo("reload"));
            Deadline.await("the new value is in force", RunningPostmaster.PATIENCE, () -> get(postmaster, "/settings")
                    .getString("settings.find { it.name == 'lock_timeout' }.value")
                    .equals("3s"));

            int backend = RunningPostmaster.backendPid(session);
            post(postmaster, "/processes/" + backend + "/terminate").statusCode(202).body("pid", equalTo(backend));
            Proc.awaitGone(backend);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> session.createStatement().execute("select 1"))
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("57P01"));
        }
    }

    @Test
    void whatCannotBeDoneIsRefusedWithARemedy() {
        try (var postmaster = RunningPostmaster.start()) {
            int checkpointer = Proc.childrenOf(postmaster.pid(), "checkpointer").getFirst();
            problem(post(postmaster, "/processes/" + checkpointer + "/terminate"), 409, "checkpointer and no backend");
            problem(post(postmaster, "/processes/1/terminate"), 404, "process 1 is none");
            problem(post(postmaster, "/processes/one/terminate"), 400, "\"one\" is no process number");
            problem(post(postmaster, "/workers/w/start"), 404, "no background worker \"w\"");
            problem(post(postmaster, "/stop"), 400, "is no shutdown mode");
            problem(post(postmaster, "/rotate-log"), 409, "no log file");
            problem(request(postmaster).get("/log").then(), 409, "does not come back");
            problem(request(postmaster).get("/log?level=loud").then(), 400, "\"loud\" is no severity");
            problem(request(postmaster).get("/stop?mode=fast").then(), 405, "GET is not for /stop");
            problem(request(postmaster).get("/page").then(), 404, "there is no /page here");
            request(postmaster)
                    .get("/openapi.yaml")
                    .then()
                    .statusCode(200)
                    .body(containsString("openapi: 3.1.0"));
            assertThat(get(postmaster, "/status").getString("shutdown")).isEqualTo("none");
        }
    }

    @Test
    void aWorkerIsStoppedAndStarted() {
        try (var postmaster = RunningPostmaster.startWithoutCluster("worker.w.command=sleep 1000")) {
            var news = new WorkerNews(postmaster);
            int first = news.await("w", State.RUNNING).pid();

            post(postmaster, "/workers/w/stop").statusCode(202).body("worker", equalTo("w"));
            news.await("w", State.STOPPED);
            assertThat(get(postmaster, "/workers").getString("workers[0].state"))
                    .isEqualTo("stopped");
            post(postmaster, "/workers/w/start").statusCode(202);
            assertThat(news.await("w", State.RUNNING).pid()).isNotEqualTo(first);
            postmaster.awaitLog("LOG:  received request to start background worker \"w\"");
        }
    }

    @Test
    void theLogOfASessionIsHeardAndEndsWithTheServer() throws SQLException {
        try (var postmaster =
                        RunningPostmaster.start("logging_collector=on", "log_destination=console,stderr");
                var all = new LogListener(postmaster, "");
                var errors = new LogListener(postmaster, "?kind=backend&level=error");
                Connection session = postmaster.connect()) {
            int backend = RunningPostmaster.backendPid(session);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> session.createStatement().execute("nonsense"));
            errors.await("\"pid\":" + backend);
            assertThat(errors.records()).singleElement().asString().contains("\"error_severity\":\"ERROR\"", "nonsense");

            post(postmaster, "/rotate-log").statusCode(202);
            post(postmaster, "/stop?mode=fast").statusCode(202).body("mode", equalTo("fast"));
            all.await("received fast shutdown request");
            assertThat(postmaster.awaitExit()).isZero();
            all.awaitEnd();
            assertThat(errors.records()).allMatch(record -> record.contains("ERROR") || record.contains("FATAL"));
        }
    }

    @Test
    void aPageOfAnotherSiteChangesNothing() {
        try (var postmaster = RunningPostmaster.start()) {
            String ourselves = "http://localhost:" + postmaster.managementPort();
            problem(posted(request(postmaster).header("Origin", "http://evil.example")), 403, "another site");
            problem(posted(request(postmaster).header("Sec-Fetch-Site", "cross-site")), 403, "another site");
            problem(posted(request(postmaster).header("Host", "evil.example")), 403, "\"evil.example\" is not this");
            assertThat(get(postmaster, "/status").getString("shutdown")).isEqualTo("none");

            posted(request(postmaster).header("Origin", ourselves).header("Sec-Fetch-Site", "same-origin"))
                    .statusCode(202);
            assertThat(postmaster.awaitExit()).isZero();
        }
    }

    @Test
    void onTheNetworkATokenOpensTheDoorAndAReloadChangesIt() throws IOException {
        try (var postmaster = RunningPostmaster.start("management_address=0.0.0.0")) {
            problem(request(postmaster).get("/status").then(), 403, "management_address", "admin_token_file");
            given().port(postmaster.managementPort()).get("/q/health/ready").then().statusCode(200);

            Path file = postmaster.dataDirectory().resolve("token");
            Files.writeString(file, "first-token-of-all\n");
            append(postmaster, "admin_token_file = 'token'\n");
            postmaster.signal("HUP");
            awaitStatus(postmaster, "first-token-of-all", 200);
            awaitStatus(postmaster, "first-token-of-alL", 401);
            request(postmaster).get("/status").then().statusCode(401).header("WWW-Authenticate", "Bearer");

            Files.writeString(file, "second-token-of-all\n");
            bearer(postmaster, "first-token-of-all").post("/reload").then().statusCode(202);
            awaitStatus(postmaster, "second-token-of-all", 200);
            awaitStatus(postmaster, "first-token-of-all", 401);

            assertThat(file.toFile().setReadable(true, false)).isTrue();
            bearer(postmaster, "second-token-of-all").post("/reload").then().statusCode(202);
            postmaster.awaitLog("has group or world access");
            awaitStatus(postmaster, "second-token-of-all", 403);
        }
    }

    private static void awaitStatus(RunningPostmaster postmaster, String token, int status) {
        Deadline.await(token + " gets " + status, RunningPostmaster.PATIENCE, () ->
                bearer(postmaster, token).get("/status").statusCode() == status);
    }

    private static RequestSpecification bearer(RunningPostmaster postmaster, String token) {
        return request(postmaster).header("Authorization", "Bearer " + token);
    }

    private static RequestSpecification request(RunningPostmaster postmaster) {
        return given().port(postmaster.managementPort()).basePath("/api/v1");
    }

    private static JsonPath get(RunningPostmaster postmaster, String path) {
        return request(postmaster).get(path).then().statusCode(200).extract().jsonPath();
    }

    private static ValidatableResponse post(RunningPostmaster postmaster, String path) {
        return request(postmaster).post(path).then();
    }

    private static ValidatableResponse posted(RequestSpecification request) {
        return request.post("/stop?mode=fast").then();
    }

    private static void problem(ValidatableResponse response, int status, String... words) {
        String body = response.statusCode(status)
                .contentType("application/problem+json")
                .extract()
                .body()
                .asString();
        assertThat(body).contains("\"remedy\":");
        assertThat(body.replace("\\\"", "\"")).contains(words);
    }

    private static void append(RunningPostmaster postmaster, String lines) throws IOException {
        Path file = postmaster.dataDirectory().resolve("postmaster.conf");
        Files.writeString(file, lines, StandardOpenOption.APPEND);
    }

    /** What is told once a heartbeat knows it, too. */
    private static void awaitBackend(RunningPostmaster postmaster, int backend) {
        Deadline.await("the session is counted", RunningPostmaster.PATIENCE, () -> {
            JsonPath status = get(postmaster, "/status");
            return status.getInt("clients.sessions") == 1 && get(postmaster, "/processes")
                    .getList("processes.pid", Integer.class)
                    .contains(backend);
        });
    }

    private static List<String> pmctl(Pmctl pmctl, RunningPostmaster postmaster, String verb) {
        Outcome outcome = pmctl.plain(verb, "-D", postmaster.dataDirectory().toString());
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return outcome.out().lines().toList();
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
