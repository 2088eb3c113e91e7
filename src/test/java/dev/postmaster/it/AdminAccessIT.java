package dev.postmaster.it;

import static dev.postmaster.it.Admin.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may use the admin API of a real postmaster (decision 138). */
class AdminAccessIT {
    @Test
    void aPageOfAnotherSiteChangesNothing() {
        try (var postmaster = RunningPostmaster.start()) {
            var admin = new Admin(postmaster);
            String ourselves = "http://localhost:" + postmaster.managementPort();
            assertProblem(posted(admin.request().header("Origin", "http://evil.example")), 403, "another site");
            assertProblem(posted(admin.request().header("Sec-Fetch-Site", "cross-site")), 403, "another site");
            assertProblem(posted(admin.request().header("Host", "evil.example")), 403, "\"evil.example\" is not this");
            assertThat(admin.get("/status").getString("shutdown")).isEqualTo("none");

            posted(admin.request().header("Origin", ourselves).header("Sec-Fetch-Site", "same-origin"))
                    .statusCode(202);
            assertThat(postmaster.awaitExit()).isZero();
        }
    }

    @Test
    void onTheNetworkATokenOpensTheDoorAndAReloadChangesIt() throws IOException {
        try (var postmaster = RunningPostmaster.start("management_address=0.0.0.0")) {
            var admin = new Admin(postmaster);
            assertProblem(admin.request().get("/status").then(), 403, "management_address", "admin_token_file");
            given().port(postmaster.managementPort())
                    .get("/q/health/ready")
                    .then()
                    .statusCode(200);

            Path file = postmaster.dataDirectory().resolve("token");
            write(file, "first-token-of-all\n");
            admin.configure("admin_token_file = 'token'\n");
            postmaster.signal("HUP");
            awaitStatus(admin, "first-token-of-all", 200);
            awaitStatus(admin, "first-token-of-alL", 401);
            admin.request().get("/status").then().statusCode(401).header("WWW-Authenticate", "Bearer");

            write(file, "second-token-of-all\n");
            bearer(admin, "first-token-of-all").post("/reload").then().statusCode(202);
            awaitStatus(admin, "second-token-of-all", 200);
            awaitStatus(admin, "first-token-of-all", 401);

            assertThat(file.toFile().setReadable(true, false)).isTrue();
            bearer(admin, "second-token-of-all").post("/reload").then().statusCode(202);
            postmaster.awaitLog("has group or world access");
            awaitStatus(admin, "second-token-of-all", 403);
        }
    }

    @Test
    void anotherUserOfTheMachineIsSentAway() {
        assumeThat(System.getProperty("user.name"))
                .as("who may become another user")
                .isEqualTo("root");
        try (var postmaster = RunningPostmaster.start()) {
            assertThat(answer(postmaster, List.of())).contains("HTTP/1.1 200 OK");
            assertThat(answer(postmaster, List.of("setpriv", "--reuid=65534", "--clear-groups")))
                    .contains("HTTP/1.1 403 Forbidden", "another user");
        }
    }

    @Test
    void whoeverSpeaksAnotherVersionOfHttpIsServedAsWell() throws IOException, InterruptedException {
        try (var postmaster = RunningPostmaster.start();
                var client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .build()) {
            URI status = URI.create("http://localhost:" + postmaster.managementPort() + "/api/v1/status");
            for (int request = 0; request < 2; request++) { // the first one asks for the other version
                assertThat(client.send(HttpRequest.newBuilder(status).build(), HttpResponse.BodyHandlers.discarding())
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    /** What a program that this command starts is answered. */
    private static String answer(RunningPostmaster postmaster, List<String> wrapper) {
        String script = "exec 3<>/dev/tcp/127.0.0.1/%d; printf '%s' >&3; cat <&3"
                .formatted(
                        postmaster.managementPort(),
                        "GET /api/v1/status HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n");
        var command = new ArrayList<>(wrapper);
        command.addAll(List.of("bash", "-c", script));
        return Outcome.of(new ProcessBuilder(command)).out();
    }

    private static void write(Path file, String token) throws IOException {
        Files.writeString(file, token);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static void awaitStatus(Admin admin, String token, int status) {
        Deadline.await(
                token + " gets " + status,
                RunningPostmaster.PATIENCE,
                () -> bearer(admin, token).get("/status").statusCode() == status);
    }

    private static RequestSpecification bearer(Admin admin, String token) {
        return admin.request().header("Authorization", "Bearer " + token);
    }

    private static ValidatableResponse posted(RequestSpecification request) {
        return request.post("/stop?mode=fast").then();
    }
}
