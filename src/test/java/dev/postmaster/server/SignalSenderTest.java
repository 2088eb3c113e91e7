package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.BackendRole;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.PmAction;
import dev.postmaster.core.Sig;
import dev.postmaster.metrics.Meters;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pid;
import dev.postmaster.report.Report;
import dev.postmaster.shmem.PoolSizes;
import dev.postmaster.shmem.SegmentShape;
import dev.postmaster.shmem.SlotPools;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignalSenderTest {
    private static final PoolSizes SIZES = new PoolSizes(1, 1, 1);
    private static final Child.Manners PATIENT =
            new Child.Manners(Sig.INT, Duration.ofSeconds(10), Optional.of(Sig.HUP));

    private final Os os = Os.open();
    private final Segment segment = new Segment(
            os.memfds(), new SegmentShape(SIZES.total(), 1), os.thisProcess().pid());
    private final ChildRegistry registry =
            new ChildRegistry(new SlotPools(SIZES), segment, new Births(new Meters(new SimpleMeterRegistry())));
    private final List<Report> reports = new ArrayList<>();
    private final NotedSignals signals = new NotedSignals();
    private final VirtualTime time = new VirtualTime();
    private final SignalSender sender = signals.sender(registry, time, reports::add);

    @AfterEach
    void close() {
        segment.memfd().close();
    }

    private Child program(int pid) {
        Child program = Child.stranger(new Pid(pid), ChildKind.BGWORKER, 1, PATIENT);
        registry.add(program);
        return program;
    }

    @Test
    void aSpareThatHasNotStartedYetIsNotAskedToQuit() {
        registry.add(Child.ofOurs(new Pid(7), ChildKind.BACKEND, 1));
        registry.add(Child.ofOurs(new Pid(8), ChildKind.BACKEND, 2));
        registry.noteRole(new Pid(8), BackendRole.STARTING);

        sender.send(new PmAction.Signal(EnumSet.of(ChildKind.BACKEND), true, Sig.QUIT));
        sender.send(new PmAction.Signal(EnumSet.of(ChildKind.BACKEND), true, Sig.TERM));

        assertThat(signals.sent()).containsExactly("7 QUIT", "8 KILL", "7 TERM", "8 TERM");
        assertThat(reports).isEmpty();
    }

    /** Such as sudo, which makes its program somebody else's. */
    @Test
    void aProgramThatMayNotBeSignalledIsToldOfOnceAndKeepsNobodyFromHisWork() {
        program(7);
        signals.forbid(7);

        sender.terminate(new Pid(7));
        time.pass(Duration.ofSeconds(10));
        sender.terminate(new Pid(7));

        assertThat(signals.sent()).containsExactly("7 INT", "7 KILL", "7 INT");
        assertThat(reports.stream().map(Report::message))
                .containsOnlyOnce("could not send a signal to process 7: Operation not permitted");
    }

    @Test
    void aProgramIsKilledWhenItsTimeIsOverUnlessItIsGone() {
        program(7);
        program(8);
        sender.terminate(new Pid(7));
        sender.terminate(new Pid(8));
        registry.remove(new Pid(8));

        time.pass(Duration.ofSeconds(10));

        assertThat(signals.sent()).containsExactly("7 INT", "8 INT", "7 KILL");
    }

    @Test
    void aProgramThatIsToldTwiceIsKilledOnceWhenTheFirstTimeIsOver() {
        program(7);
        sender.terminate(new Pid(7));
        time.pass(Duration.ofSeconds(4));
        sender.terminate(new Pid(7));

        time.pass(Duration.ofSeconds(10));

        assertThat(signals.sent()).containsExactly("7 INT", "7 INT", "7 KILL");
    }

    @Test
    void whoeverWasToldToEndIsLeavingUntilItIsGone() {
        program(7);
        assertThat(sender.isLeaving(new Pid(7))).isFalse();

        sender.terminate(new Pid(7));

        assertThat(sender.isLeaving(new Pid(7))).isTrue();
        registry.remove(new Pid(7));
        assertThat(sender.isLeaving(new Pid(7))).isFalse();
    }

    @Test
    void aProgramIsNeverWoken() {
        sender.wake(program(7));

        assertThat(signals.sent()).isEmpty();
    }
}
