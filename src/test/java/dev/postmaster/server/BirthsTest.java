package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.ChildKind;
import dev.postmaster.core.Sig;
import dev.postmaster.metrics.Meters;
import dev.postmaster.os.Errno;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pid;
import dev.postmaster.shmem.ChildSlot;
import dev.postmaster.shmem.SegmentShape;
import dev.postmaster.shmem.SlotCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A child whose slot the test writes in its name. */
class BirthsTest {
    private static final Child BACKEND = Child.ofOurs(new Pid(4711), ChildKind.BACKEND, 1);
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final Births births = new Births(new Meters(metrics));
    private final Segment segment = new Segment(
            Os.open().memfds(), new SegmentShape(1, 0), Os.open().thisProcess().pid());
    private final ChildSlot slot = segment.shared().slot(1);

    BirthsTest() {
        slot.assign(ChildKind.BACKEND);
        births.begin();
    }

    @AfterEach
    void close() {
        segment.memfd().close();
    }

    @Test
    void aChildThatIsReadyShowsItsStagesOnce() {
        births.succeeded(BACKEND, slot);
        births.look();
        assertThat(stage("jvm").count()).isZero();

        long now = System.nanoTime();
        slot.noteBirth(now - 5 * MILLI, now - 3 * MILLI);
        slot.noteReady(now - MILLI);
        births.look();
        births.look();
        births.ended(BACKEND, slot);

        assertThat(stage("spawn").count()).isOne();
        assertThat(stage("jvm").count()).isOne();
        assertThat(stage("init").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(2);
        assertThat(stage("main").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(2);
    }

    @Test
    void aChildThatEndsBeforeItIsReadyShowsHowFarItCame() {
        births.succeeded(BACKEND, slot);
        long now = System.nanoTime();
        slot.noteBirth(now - 2 * MILLI, now - MILLI);
        births.ended(BACKEND, slot);

        assertThat(stage("jvm").count()).isOne();
        assertThat(stage("init").count()).isOne();
        assertThat(stage("main").count()).isZero();
    }

    @Test
    void aTimeToComeIsNotBelieved() {
        births.succeeded(BACKEND, slot);
        long tomorrow = System.nanoTime() + Duration.ofDays(1).toNanos();
        slot.noteBirth(tomorrow, tomorrow + MILLI);
        slot.noteReady(tomorrow + 2 * MILLI);
        births.look();

        assertThat(stage("jvm").count()).isZero();
        assertThat(stage("main").count()).isZero();
    }

    @Test
    void aBackendTellsHowManySessionsItServed() {
        births.succeeded(BACKEND, slot);
        slot.add(SlotCounter.SESSIONS, 3_000_000); // an hour of them, with no limit
        births.ended(BACKEND, slot);

        assertThat(metrics.get("postmaster.backend.sessions").summary().totalAmount())
                .isEqualTo(3_000_000);
    }

    @Test
    void aBackendIsNotBelievedWhatCannotBe() {
        births.succeeded(BACKEND, slot);
        slot.add(SlotCounter.SESSIONS, -3);
        births.ended(BACKEND, slot);

        assertThat(metrics.get("postmaster.backend.sessions").summary().totalAmount())
                .isZero();
    }

    @Test
    void aProgramOfSomebodyElseHasNoStages() {
        var manners = new Child.Manners(Sig.TERM, Duration.ZERO, Optional.empty());
        births.succeeded(Child.stranger(new Pid(4712), ChildKind.BACKEND, 1, manners), slot);

        assertThat(metrics.get("postmaster.launch")
                        .tag("kind", "backend")
                        .timer()
                        .count())
                .isOne();
        assertThat(stage("spawn").count()).isZero();
    }

    @Test
    void aRefusedLaunchIsALaunchAndAFailure() {
        births.failed(ChildKind.BACKEND, Errno.EAGAIN);

        assertThat(metrics.get("postmaster.launches")
                        .tag("kind", "backend")
                        .counter()
                        .count())
                .isOne();
        assertThat(metrics.get("postmaster.launch.failures")
                        .tags("kind", "backend", "errno", "EAGAIN")
                        .counter()
                        .count())
                .isOne();
    }

    private Timer stage(String stage) {
        return metrics.timer("postmaster.child.start", "kind", "backend", "stage", stage);
    }
}
