package dev.postmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.cluster.StatusFile.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFileTest {
    private static final Instant NOW = Instant.parse("2026-11-22T17:00:00Z");
    private static final Map<String, WorkerStatus> WORKERS = Map.of(
            "pump", new WorkerStatus(WorkerStatus.State.RESTING, 0, NOW.plusSeconds(9), "exited with exit code 1"));
    private static final Map<Integer, StatusFile.Program> PROGRAMS =
            Map.of(9, new StatusFile.Program("backend", "127.0.0.1"));

    private static final StatusFile STATUS = new StatusFile(
            Map.of(Fact.PID, "7", Fact.CAUSE, "a = b"), Map.of("backend", "PID 8 is gone"), WORKERS, PROGRAMS, NOW);

    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        ClusterLayout layout = TestCluster.in(directory);
        STATUS.write(layout);
        assertThat(StatusFile.read(layout)).contains(STATUS);
        assertThat(layout.statusFile()).hasContent("""
                pid = 7
                cause = a = b
                exit.backend = PID 8 is gone
                worker.pump = RESTING 0 2026-11-22T17:00:09Z exited with exit code 1
                program.9 = backend 127.0.0.1
                """);
    }

    /** A child may call its worker anything. */
    @Test
    void noNameAddsALine() throws IOException {
        ClusterLayout layout = TestCluster.in(directory);
        var worker = new WorkerStatus(WorkerStatus.State.OFF, 0, NOW, "");
        new StatusFile(Map.of(Fact.PID, "7"), Map.of(), Map.of("evil\npid = 8\r", worker), Map.of(), NOW).write(layout);
        assertThat(StatusFile.read(layout).orElseThrow().get(Fact.PID)).hasValue("7");
        assertThat(Files.readAllLines(layout.statusFile())).hasSize(2);
    }

    @Test
    void aBeatChangesNothingButTheTime() throws IOException {
        ClusterLayout layout = TestCluster.in(directory);
        STATUS.write(layout);
        StatusFile.beat(layout, NOW.plusSeconds(1));
        assertThat(StatusFile.read(layout)).hasValueSatisfying(read -> {
            assertThat(read.saysTheSameAs(STATUS)).isTrue();
            assertThat(read.heartbeat()).isEqualTo(NOW.plusSeconds(1));
        });
    }

    @Test
    void aFactIsOneLineWhateverItSays() throws IOException {
        ClusterLayout layout = TestCluster.in(directory);
        new StatusFile(Map.of(Fact.CAUSE, "one\npid = 9"), Map.of(), Map.of(), Map.of(), NOW).write(layout);
        assertThat(StatusFile.read(layout)).hasValueSatisfying(read -> {
            assertThat(read.get(Fact.CAUSE)).contains("one pid = 9");
            assertThat(read.get(Fact.PID)).isEmpty();
        });
    }

    @Test
    void whatALaterVersionAddsIsNoObstacle() throws IOException {
        ClusterLayout layout = TestCluster.in(directory);
        STATUS.write(layout);
        Files.writeString(
                layout.statusFile(),
                "mood = fine\nnonsense\nworker.w = ASLEEP 0\nprogram.x = backend\n",
                StandardOpenOption.APPEND);
        StatusFile.beat(layout, NOW);
        assertThat(StatusFile.read(layout)).contains(STATUS);
    }

    @Test
    void withoutAPostmasterThereIsNone() throws IOException {
        ClusterLayout layout = TestCluster.in(directory);
        assertThat(StatusFile.read(layout)).isEmpty();
        STATUS.write(layout);
        StatusFile.delete(layout);
        assertThat(StatusFile.read(layout)).isEmpty();
    }
}
