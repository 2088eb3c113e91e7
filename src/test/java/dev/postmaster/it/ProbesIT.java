package dev.postmaster.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What Kubernetes is told while the postmaster runs and while it stops. */
class ProbesIT {

    @Test
    void aRunningPostmasterIsStartedReadyAndLive() {
        try (var postmaster = RunningPostmaster.start()) {
            awaitState(postmaster, "PM_RUN");
            for (String probe : new String[] {"started", "ready", "live"}) {
                probe(postmaster, probe)
                        .statusCode(200)
                        .body("status", equalTo("UP"))
                        .body("checks[0].data.pmState", equalTo("PM_RUN"));
            }
        }
    }

    @Test
    void aSmartShutdownMakesItNotReadyAtOnceButKeepsItLive() throws SQLException {
        try (var postmaster = RunningPostmaster.start()) {
            try (Connection last = postmaster.connect()) {
                postmaster.signal("TERM");
                postmaster.awaitLog("received smart shutdown request");
                last.createStatement().execute("select 1");

                Deadline.await(
                        "it is not ready",
                        RunningPostmaster.PATIENCE,
                        () -> probe(postmaster, "ready").extract().statusCode() == 503);
                probe(postmaster, "ready")
                        .body("checks[0].data.clients", equalTo("the database system is shutting down"))
                        .body("checks[0].data.sessions", equalTo(1));
                probe(postmaster, "live").statusCode(200);
            }
            postmaster.awaitExit();
        }
    }

    @Test
    void aCrashKeepsItLiveUnlessItIsOneTooMany() throws SQLException {
        try (var postmaster = RunningPostmaster.start("crash_restart_limit=2")) {
            crashWhileSomebodyDoesNotLeave(postmaster);
            probe(postmaster, "ready").statusCode(503).body("checks[0].data.pmState", equalTo("PM_WAIT_BACKENDS"));
            probe(postmaster, "live").statusCode(200).body("checks[0].data.pmState", equalTo("PM_WAIT_BACKENDS"));
            postmaster.awaitLog("database system is ready to accept connections", 2);

            crashWhileSomebodyDoesNotLeave(postmaster);
            probe(postmaster, "live").statusCode(503).body("checks[0].data.pmState", equalTo("PM_WAIT_BACKENDS"));

            assertThat(postmaster.awaitExit()).isEqualTo(1);
            assertThat(postmaster.log())
                    .anyMatch(line -> line.endsWith("because of 2 crashes in a row (crash_restart_limit)"));
        }
    }

    /** The stopped session holds the cycle up for the five seconds until its SIGKILL. */
    private static void crashWhileSomebodyDoesNotLeave(RunningPostmaster postmaster) throws SQLException {
        try (Connection session = postmaster.connect()) {
            RunningPostmaster.signal(RunningPostmaster.backendPid(session), "STOP");
            int checkpointer = Proc.childrenOf(postmaster.pid(), "checkpointer").getFirst();
            RunningPostmaster.signal(checkpointer, "KILL");
            awaitState(postmaster, "PM_WAIT_BACKENDS");
        }
    }

    /** The log says it first. */
    private static void awaitState(RunningPostmaster postmaster, String state) {
        Deadline.await(state, RunningPostmaster.PATIENCE, () -> probe(postmaster, "ready")
                .extract()
                .path("checks[0].data.pmState")
                .equals(state));
    }

    private static ValidatableResponse probe(RunningPostmaster postmaster, String name) {
        return given().port(postmaster.managementPort())
                .get("/q/health/" + name)
                .then();
    }
}
