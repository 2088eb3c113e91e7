package dev.postmaster.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.cluster.StatusFile;
import dev.postmaster.cluster.StatusFile.Fact;
import dev.postmaster.cluster.WorkerStatus;
import dev.postmaster.config.Guc;
import dev.postmaster.config.SettingSources;
import dev.postmaster.config.Settings;
import dev.postmaster.core.PmState;
import dev.postmaster.core.ShutdownMode;
import dev.postmaster.server.AdminToken;
import dev.postmaster.server.Bulletin;
import dev.postmaster.server.InForce;
import dev.postmaster.server.Turn;
import dev.postmaster.shmem.SegmentException;
import dev.postmaster.shmem.TestSegment;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers, of a postmaster whose part this test plays. */
class ViewsTest {
    private static final Instant NOW = Instant.parse("2020-11-22T17:00:00Z");
    private static final String PID = Long.toString(ProcessHandle.current().pid());
    private static final Turn TURN =
            new Turn(NOW, PmState.SHUTDOWN, ShutdownMode.FAST, false, "fast shutdown was requested");

    private TestSegment segment;

    @BeforeEach
    void makeSegment() throws SegmentException {
        segment = new TestSegment(1);
    }

    @AfterEach
    void closeSegment() {
        segment.close();
    }

    @Test
    void theStatusNamesThePhaseTheCauseAndTheDeadline() {
        Map<Fact, String> facts = Map.of(
                Fact.PID, PID,
                Fact.STARTED, "2020-11-22T16:00:00Z",
                Fact.WAITS_FOR, "the checkpointer",
                Fact.DEADLINE, "2020-11-22T17:01:00Z the fast shutdown becomes a stronger one",
                Fact.CLIENTS, "the database system is shutting down",
                Fact.FREE_SLOTS, "99");

        assertThat(sent(views(facts, Map.of(), Settings.DEFAULTS).status()))
                .isEqualTo(new JsonObject("""
                {"at": "2020-11-22T17:00:00Z", "state": "SHUTDOWN", "pmState": "PM_SHUTDOWN", "shutdown": "fast",
                 "crashCycle": false, "cause": "fast shutdown was requested", "pid": %s,
                 "started": "2020-11-22T16:00:00Z", "waitsFor": "the checkpointer", "awaited": [], "stopped": [],
                 "deadline": {"at": "2020-11-22T17:01:00Z", "what": "the fast shutdown becomes a stronger one"},
                 "clients": {"answer": "the database system is shutting down", "sessions": 0, "freeSlots": 99,
                             "waitingForBackend": 0, "notIntroduced": 0},
                 "logRecordsDropped": 0, "heartbeat": "2020-11-22T17:00:00Z", "stuck": true}
                """.formatted(PID)));
    }

    @Test
    void theHistoryIsTheTurns() {
        JsonObject turn = views(Map.of(Fact.PID, PID), Map.of(), Settings.DEFAULTS)
                .history()
                .getJsonArray("history")
                .getJsonObject(0);

        assertThat(turn.getString("pmState")).isEqualTo("PM_SHUTDOWN");
        assertThat(turn.getInstant("at")).isEqualTo(NOW);
    }

    @Test
    void aWorkerThatRestsSaysUntilWhen() {
        var resting = new WorkerStatus(WorkerStatus.State.RESTING, 0, NOW, "exited with exit code 1");

        assertThat(sent(views(Map.of(Fact.PID, PID), Map.of("w", resting), Settings.DEFAULTS)
                        .workers()))
                .isEqualTo(new JsonObject("""
                        {"workers": [{"name": "w", "state": "resting", "until": "2020-11-22T17:00:00Z",
                                      "note": "exited with exit code 1"}]}
                        """));
    }

    @Test
    void theListOfProcessesBeginsWithThePostmaster() {
        JsonObject all = views(Map.of(Fact.PID, PID, Fact.STATE, "PM_SHUTDOWN"), Map.of(), Settings.DEFAULTS)
                .processes();

        assertThat(all.getJsonArray("processes").getJsonObject(0).getString("state"))
                .isEqualTo("PM_SHUTDOWN");
        assertThat(all.getJsonArray("ended")).hasToString("""
                [{"kind":"startup","name":"startup","lastExit":{"at":"2020-11-22T16:59:00Z","what":"PID 9 exited"}}]""");
    }

    @Test
    void aSettingSaysWhereItsValueIsFromUnlessItIsASecret() {
        Settings settings = Settings.DEFAULTS
                .with(Guc.PORT, "5433")
                .with(Guc.MAX_CONNECTIONS, "7")
                .with(Guc.SPARES_MAX, "3")
                .with(Guc.BACKEND_ENVIRONMENT, "PASSWORD=hush");
        JsonObject all = views(Map.of(Fact.PID, PID), Map.of(), settings).settings();

        assertThat(sourceOf(all, "port")).isEqualTo("command line");
        assertThat(sourceOf(all, "spares_max")).isEqualTo("property");
        assertThat(sourceOf(all, "max_connections")).isEqualTo("configuration file");
        assertThat(sourceOf(all, "spares_min")).isEqualTo("default");
        assertThat(all.encode()).contains("5433").doesNotContain("hush");
    }

    /** As the caller reads it: times are texts. */
    private static JsonObject sent(JsonObject answer) {
        return new JsonObject(answer.encode());
    }

    private static String sourceOf(JsonObject all, String name) {
        return all.getJsonArray("settings").stream()
                .map(JsonObject.class::cast)
                .filter(row -> row.getString("name").equals(name))
                .findFirst()
                .orElseThrow()
                .getString("source");
    }

    private Views views(Map<Fact, String> facts, Map<String, WorkerStatus> workers, Settings settings) {
        var sources = new SettingSources(Map.of("port", "5433"), Path.of("none"), false, Map.of("spares_max", "3"));
        var status =
                new StatusFile(facts, Map.of("startup", "2020-11-22T16:59:00Z PID 9 exited"), workers, Map.of(), NOW);
        var inForce = new InForce(settings, sources, new AdminToken.NotSet());
        return new Views(new Bulletin(status, List.of(TURN), inForce, segment.segment()));
    }
}
