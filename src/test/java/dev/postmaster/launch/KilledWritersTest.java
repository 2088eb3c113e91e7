package dev.postmaster.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.ChildKind;
import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.Sig;
import dev.postmaster.shmem.CheckpointFlag;
import dev.postmaster.shmem.ChildSlot;
import dev.postmaster.shmem.PmSignal;
import dev.postmaster.shmem.SharedSegment;
import dev.postmaster.shmem.SlotCounter;
import dev.postmaster.shmem.Writing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes the crash scope "isolated" safe: a writer may die at any point, and nobody else notices. */
class KilledWritersTest {
    private static final int NEIGHBOUR = SlotWriterProgram.SLOTS + 1;
    private static final int ROUNDS = 3;

    @TempDir
    Path dataDirectory;

    @Test
    void theSegmentSurvivesWritersKilledAtRandomPoints() throws Exception {
        Random random = new Random(26);
        try (Nursery nursery = new Nursery(dataDirectory, Map.of())) {
            SharedSegment segment = nursery.segment();
            ChildSlot neighbour = segment.slot(NEIGHBOUR);
            neighbour.assign(ChildKind.BACKEND);
            neighbour.activate(1234);
            Writing.write(neighbour.session(), 99);
            for (int round = 0; round < ROUNDS; round++) {
                killWriters(nursery, 200 + random.nextInt(5_000));
                for (int slot = 1; slot <= SlotWriterProgram.SLOTS; slot++) {
                    assertUsable(segment.slot(slot));
                }
                assertUsable(segment);
                assertThat(neighbour.pid()).isEqualTo(1234);
                assertThat(neighbour.session().read().orElseThrow().startedAtMicros())
                        .isEqualTo(99);
            }
        }
    }

    private static void killWriters(Nursery nursery, int afterStatements) {
        for (int slot = 2; slot <= SlotWriterProgram.SLOTS; slot++) {
            nursery.segment().slot(slot).assign(ChildKind.BGWRITER);
        }
        try (LaunchedChild writers = nursery.launch(TestPrograms.jvm(SlotWriterProgram.class), ChildKind.BGWRITER)) {
            Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
            ChildSlot last = nursery.segment().slot(SlotWriterProgram.SLOTS);
            while (last.counter(SlotCounter.STATEMENTS) < afterStatements) {
                assertThat(Instant.now()).isBefore(deadline);
                last.session().read().ifPresent(Writing::check);
            }
            writers.signal(Sig.KILL);
            assertThat(writers.exitStatus()).isEqualTo(new ExitStatus.Killed(Sig.KILL.number()));
        }
    }

    /** The state is one of two, the texts are whole or unreadable, and the next child finds a fresh slot. */
    private static void assertUsable(ChildSlot slot) {
        slot.session().read().ifPresent(Writing::check);
        slot.release();
        slot.assign(ChildKind.BACKEND);
        slot.activate(1);
        Writing.write(slot.session(), 7);
        Writing.check(slot.session().read().orElseThrow());
        slot.deactivate();
        assertThat(slot.release()).isTrue();
    }

    private static void assertUsable(SharedSegment segment) {
        assertThat(segment.pmSignals().testAndClear(PmSignal.START_WALRECEIVER)).isTrue();
        assertThat(segment.pmSignals().testAndClear(PmSignal.RECOVERY_STARTED)).isFalse();
        assertThat(segment.checkpoints().begin()).containsExactly(CheckpointFlag.FORCE);
        segment.checkpoints().end(true);
        assertThat(segment.checkpoints().isDone(segment.checkpoints().started()))
                .isTrue();
    }
}
