package dev.postmaster.it;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What Kubernetes is told while the postmaster runs and while it stops. */
class ProbesIT {

    @Test
    void aRunningPostmasterIsStartedReadyAndLive() {
        try (var postmaster = RunningPostmaster.start()) {
            for (String probe : new String[] {"started", "ready", "live"}) {
                given().port(postmaster.managementPort())
                        .get("/q/health/" + probe)
                        .then()
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

                given().port(postmaster.managementPort())
                        .get("/q/health/ready")
                        .then()
                        .statusCode(503)
                        .body("checks[0].data.clients", equalTo("the database system is shutting down"))
                        .body("checks[0].data.sessions", equalTo(1));
                given().port(postmaster.managementPort())
                        .get("/q/health/live")
                        .then()
                        .statusCode(200);
            }
            postmaster.awaitExit();
        }
    }
}
