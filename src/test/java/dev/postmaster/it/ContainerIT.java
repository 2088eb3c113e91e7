package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.ClusterState;
import dev.postmaster.cluster.ControlFile;
import dev.postmaster.k8s.Overlay;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The image and the manifests together: the image is built by buildah, and run by podman as the manifests say. {@code bin/test
 * container} installs what that takes.
 */
@Tag("container")
class ContainerIT {
    @BeforeAll
    static void build() {
        assumeTrue(Overlay.canBeRendered(), "no kubectl on this system");
        Outcome outcome = Outcome.of(new ProcessBuilder("src/test/container/build-image", Container.IMAGE));
        assertThat(outcome.status()).as(outcome.out() + outcome.err()).isZero();
    }

    @Test
    void itRunsAsProcessOneWithNoRightsAtAll() throws IOException {
        try (var container = Container.start("sqlite")) {
            int one = container.processOne();
            assertThat(Proc.commandLine(one)).contains("quarkus-run.jar");
            assertThat(Proc.read(Path.of("/proc/" + one + "/status")))
                    .containsPattern("NSpid:\\s+" + one + "\\s+1\n")
                    .containsPattern("Uid:\\s+10001\\s+10001\\s+10001\\s+10001\n")
                    .containsPattern("CapEff:\\s+0{16}\n")
                    .containsPattern("CapBnd:\\s+0{16}\n")
                    .containsPattern("NoNewPrivs:\\s+1\n")
                    .containsPattern("Seccomp:\\s+2\n");
            assertThat(container.execute("sh", "-c", "touch /opt/postmaster/x 2>&1; cat /proc/self/mounts"))
                    .contains("Read-only file system")
                    .containsPattern(" / \\S+ ro[, ]");
        }
    }

    @Test
    void allStartFromTheCachesThatTheImageHas() throws IOException {
        try (var container = Container.start("sqlite")) {
            int one = container.processOne();
            int checkpointer = Proc.childrenOf(one, "checkpointer").getFirst();
            assertThat(Proc.mapsOf(one)).contains("/opt/postmaster/target/quarkus-app/postmaster.aot");
            assertThat(Proc.mapsOf(checkpointer)).contains("/opt/postmaster/target/quarkus-app/child.aot");
        }
    }

    @Test
    void theProbesOfTheManifestTellHowItIs() throws IOException, SQLException {
        try (var container = Container.start("sqlite")) {
            var probes = container.overlay().container();
            assertThat(container.answer(probes.getStartupProbe())).isEqualTo(200);
            assertThat(container.answer(probes.getReadinessProbe())).isEqualTo(200);
            assertThat(container.answer(probes.getLivenessProbe())).isEqualTo(200);

            try (Connection last = connect(container)) {
                container.signal("TERM");
                Deadline.await(
                        "it is not ready",
                        RunningPostmaster.PATIENCE,
                        () -> container.answer(probes.getReadinessProbe()) == 503);
                assertThat(last.isValid(30)).isTrue();
                assertThat(container.answer(probes.getStartupProbe())).isEqualTo(200);
                assertThat(container.answer(probes.getLivenessProbe())).isEqualTo(200);
            }
        }
    }

    @Test
    void psqlWorksThroughThePublishedPortAndTheLogIsJson() throws IOException {
        try (var container = Container.start("sqlite")) {
            Outcome outcome = container.psql(
                    "create table fruit (id int primary key, name text)",
                    "insert into fruit values (1, 'apple')",
                    "table fruit");
            assertThat(outcome.out().lines()).containsExactly("CREATE TABLE", "INSERT 0 1", "1|apple");
            assertThat(container.log().lines())
                    .anyMatch(line ->
                            line.startsWith("{") && line.contains("database system is ready to accept connections"));
            assertThat(container.execute("pmctl", "why")).contains("PM_RUN");
        }
    }

    @Test
    void processOneBuriesWhateverIsLeftToIt() throws IOException {
        try (var container = Container.start("sqlite")) {
            int one = container.processOne();
            container.script(Path.of("bench/orphans"));
            container.awaitLog("orphaned process", 100);
            Deadline.await("no zombie is left", RunningPostmaster.PATIENCE, () -> Proc.childrenOf(one).stream()
                    .noneMatch(Proc::isZombie));
            assertThat(container.psql("select 1").out()).isEqualTo("1\n");
        }
    }

    @Test
    void stoppingItEndsInTheLadderThoughASessionStays() throws IOException, SQLException {
        try (var container = Container.start("sqlite", "-c", "smart_shutdown_timeout=1s");
                Connection stays = connect(container)) {
            assertThat(stays.isValid(30)).isTrue();

            assertThat(container.stop()).isZero();

            assertThat(container.log())
                    .contains("received smart shutdown request")
                    .contains("database system is shut down");
            assertThat(controlState(container)).isEqualTo(ClusterState.SHUT_DOWN);
        }
    }

    @Test
    void aCrashInsideIsSurvived() throws IOException {
        try (var container = Container.start("sqlite")) {
            int one = container.processOne();
            container.psql("create table kept (a int)", "insert into kept values (1)");

            RunningPostmaster.signal(Proc.childrenOf(one, "checkpointer").getFirst(), "KILL");

            container.awaitLog("database system is ready to accept connections", 2);
            assertThat(container.processOne()).isEqualTo(one);
            assertThat(container.psql("table kept").out()).isEqualTo("1\n");
        }
    }

    @Test
    void aRestartOnTheSameVolumeRecovers() throws IOException {
        try (var container = Container.start("sqlite")) {
            container.psql("create table kept (a int)", "insert into kept values (1)");
            assertThat(controlState(container)).isEqualTo(ClusterState.IN_PRODUCTION);

            container.killAndStart();

            assertThat(container.log()).contains("database system was interrupted");
            assertThat(container.psql("table kept").out()).isEqualTo("1\n");
            assertThat(container.stop()).isZero();
            assertThat(controlState(container)).isEqualTo(ClusterState.SHUT_DOWN);
        }
    }

    @Test
    void anyProgramServesTheClients() throws IOException {
        try (var container = Container.start("program")) {
            try (var client = new LineClient(container.port())) {
                assertThat(client.ask("hello")).isEqualTo("hello");
            }
            assertThat(container.stop()).isZero();
        }
    }

    private static Connection connect(Container container) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + container.port() + "/postgres", "postgres", container.password());
    }

    private static ClusterState controlState(Container container) {
        return ControlFile.read(new ClusterLayout(container.dataDirectory())).state();
    }
}
