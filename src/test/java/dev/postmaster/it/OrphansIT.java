package dev.postmaster.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The postmaster as process 1, as in a container: it buries strangers, and they cost nobody anything. What PostgreSQL 15
 * does there shows {@code bench/orphans-postgresql}.
 */
class OrphansIT {
    private static final List<String> ENDS = List.of(
            "exited with exit code 0",
            "exited with exit code 1",
            "exited with exit code 2",
            "exited with exit code 137",
            "was terminated by signal 11: Segmentation fault");

    @BeforeAll
    static void onlyRootMayMakeANamespace() {
        Outcome outcome = Outcome.of(new ProcessBuilder("unshare", "--pid", "--fork", "--mount-proc", "true"));
        assumeTrue(outcome.status() == 0, () -> "no pid namespace for this user: " + outcome.err());
    }

    @Test
    void aHundredOrphansCostNoSessionAndEachIsLoggedOnce() throws Exception {
        try (var postmaster = RunningPostmaster.startAsProcessOne();
                var writers = Writers.start(postmaster, 5)) {
            leaveOrphans(postmaster);
            postmaster.awaitLog("orphaned process", 100);
            writers.eachCommitsOnceMore();
            writers.stop();

            assertThat(writers.failures()).isEmpty();
            for (String end : ENDS) {
                var line = Pattern.compile(
                        ".* LOG: {2}orphaned process \"sh\" \\(PID \\d+\\) " + end + " at the age of \\d+ ms");
                assertThat(postmaster.log().stream()
                                .filter(text -> line.matcher(text).matches()))
                        .as(end)
                        .hasSize(20);
            }
            Deadline.await(
                    "no zombie is left", RunningPostmaster.PATIENCE, () -> Proc.childrenOf(postmaster.pid()).stream()
                            .noneMatch(Proc::isZombie));
            Deadline.await(
                    "all are counted", RunningPostmaster.PATIENCE, () -> given().port(postmaster.managementPort())
                            .get("/q/health/live")
                            .path("checks[0].data.orphans")
                            .equals(100));
            given().port(postmaster.managementPort())
                    .get("/q/health/live")
                    .then()
                    .body("checks[0].data.pmState", equalTo("PM_RUN"));
            writers.verify(postmaster);
        }
    }

    @Test
    void sigtermEndsItWithinItsLadderThoughASessionStays() throws Exception {
        try (var postmaster =
                        RunningPostmaster.startAsProcessOne("smart_shutdown_timeout=1s", "fast_shutdown_timeout=5s");
                Connection stays = postmaster.connect()) {
            assertThat(stays.isValid(30)).isTrue();

            postmaster.signal("TERM");

            assertThat(postmaster.awaitExit()).isZero();
            assertThat(postmaster.log())
                    .anyMatch(line -> line.contains("received smart shutdown request"))
                    .anyMatch(line -> line.endsWith("database system is shut down"));
        }
    }

    private static void leaveOrphans(RunningPostmaster postmaster) {
        Outcome outcome = Outcome.of(new ProcessBuilder(
                "nsenter",
                "--target",
                Long.toString(postmaster.pid()),
                "--pid",
                "--mount",
                Path.of("bench/orphans").toAbsolutePath().toString()));
        assertThat(outcome.status()).as(outcome.err()).isZero();
    }
}
