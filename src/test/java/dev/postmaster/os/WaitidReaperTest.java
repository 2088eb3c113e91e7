package dev.postmaster.os;

import static dev.postmaster.os.TestPrograms.awaitAnyDeath;
import static dev.postmaster.os.TestPrograms.awaitDeath;
import static dev.postmaster.os.TestPrograms.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.ExitStatus.Code;
import dev.postmaster.core.ExitStatus.Killed;
import dev.postmaster.core.Sig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WaitidReaperTest {
    private static final int SIGCHLD = 17;
    private static final long SIG_IGN = 1;

    private final Os os = Os.open();
    private final TestPrograms programs = new TestPrograms(os);

    @Test
    void everyExitCodeSurvives() {
        for (int code = 0; code <= 255; code++) {
            assertThat(programs.awaitEnd(programs.start(shell("exit " + code)))).isEqualTo(new Code(code));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 9, 10, 11, 12, 15, 30, 34, 64})
    void deathBySignalTellsTheSignal(int signal) {
        assertThat(programs.awaitEnd(programs.start(shell("kill -" + signal + " $$"))))
                .isEqualTo(new Killed(signal));
    }

    @Test
    void nobodyIsDeadWhileThereAreNoneAndWhileTheyLive() {
        Reaper reaper = os.reaper();
        assertThat(reaper.next()).isEmpty();
        try (Pipe input = os.fds().pipe()) {
            Pid pid = programs.start(shell("read line; exit 3").inherit(input.readEnd(), 0));
            assertThat(reaper.next()).isEmpty();
            os.rawIo().writeFully(input.writeEnd(), new byte[] {'\n'});
            assertThat(programs.awaitEnd(pid)).isEqualTo(new Code(3));
        }
        assertThat(reaper.next()).isEmpty();
    }

    @Test
    void aChildIsStoppedUntilItGoesOn() {
        try (Pipe input = os.fds().pipe()) {
            Pid pid = programs.start(shell("read line").inherit(input.readEnd(), 0));
            assertThat(os.reaper().isStopped(pid)).isFalse();

            os.signals().send(pid, Sig.STOP);
            TestPrograms.awaitStop(pid);
            assertThat(os.reaper().isStopped(pid)).isTrue();
            assertThat(os.reaper().next()).as("a stopped child is not dead").isEmpty();

            os.signals().send(pid, Sig.CONT);
            TestPrograms.awaitContinue(pid);
            assertThat(os.reaper().isStopped(pid)).isFalse();
            os.signals().send(pid, Sig.KILL);
            assertThat(programs.awaitEnd(pid)).isEqualTo(new Killed(Sig.KILL.number()));
            assertThat(os.reaper().isStopped(pid)).as("it is nobody now").isFalse();
        }
    }

    @Test
    void whatAChildLeavesInItsGroupEndsWithItIfItIsToAndElseGoesOn() {
        os.thisProcess().becomeSubreaper();
        try (Pipe left = os.fds().pipe()) {
            Pid alone = programs.start(shell("sleep 1000 & exit 3").inherit(left.writeEnd(), 1));
            Pid withAll = programs.start(shell("sleep 1000 & exit 4").inherit(left.writeEnd(), 1));
            left.writeEnd().close();
            awaitDeath(alone);
            awaitDeath(withAll);

            List<Reaped> both = List.of(
                    os.reaper().next(withAll::equals).orElseThrow(),
                    os.reaper().next(withAll::equals).orElseThrow());

            assertThat(both)
                    .containsExactlyInAnyOrder(
                            new Reaped.Child(alone, new Code(3)), new Reaped.Child(withAll, new Code(4)));
            assertThat(os.signals().sendToGroup(alone, Sig.KILL)).isEqualTo(Signals.Delivery.DELIVERED);
            assertThat(programs.readToEnd(left.readEnd())).isEmpty();
            for (int orphan = 0; orphan < 2; orphan++) {
                awaitAnyDeath();
                assertThat(os.reaper().next()).isPresent();
            }
        }
    }

    @Test
    void aParentThatIgnoredSigchldDoesNotCostUsOurStatuses() {
        CFunction.named("signal").toLong(SIGCHLD, SIG_IGN);
        Os fresh = Os.open();
        Reaper reaper = fresh.reaper();
        Pid pid = new TestPrograms(fresh).start(shell("exit 5"));
        awaitDeath(pid);
        assertThat(reaper.next()).contains(new Reaped.Child(pid, new Code(5)));
    }

    @Test
    void threeHundredLaunchesOnFourThreadsBesideAReaperLoseNoStatus() throws Exception {
        Map<Pid, ExitStatus> expected = new ConcurrentHashMap<>();
        CountDownLatch launching = new CountDownLatch(4);
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int first = thread * 75;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = first; i < first + 75; i++) {
                    expected.put(programs.start(shell("exit " + i % 256)), new Code(i % 256));
                }
                launching.countDown();
            }));
        }
        Map<Pid, ExitStatus> reaped = reapWhile(launching, 300);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(reaped).isEqualTo(expected).hasSize(300);
    }

    private Map<Pid, ExitStatus> reapWhile(CountDownLatch launching, int count) {
        Map<Pid, ExitStatus> reaped = new HashMap<>();
        Reaper reaper = os.reaper();
        while (launching.getCount() > 0 || reaped.size() < count) {
            reaper.next()
                    .ifPresentOrElse(
                            dead -> {
                                assertThat(dead).isInstanceOf(Reaped.Child.class);
                                assertThat(reaped.put(dead.pid(), dead.status()))
                                        .as("reaped once")
                                        .isNull();
                            },
                            Thread::onSpinWait);
        }
        return reaped;
    }

    @Test
    void anOrphanIsReportedWithItsNameAndAgeAndIsNotOurChild() {
        assertThat(orphanOf("cat >&2")).satisfies(orphan -> {
            assertThat(orphan.status()).isEqualTo(new Code(0));
            assertThat(orphan.command()).isEqualTo("cat");
            assertThat(orphan.age()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        });
    }

    @Test
    void anOrphanThatExitsWithTwoIsStillAnOrphan() {
        assertThat(orphanOf("sh -c 'read line; exit 2'").status()).isEqualTo(new Code(2));
    }

    /** A command that reads to the end of its input, which comes when its parent has been reaped. */
    private Reaped.Orphan orphanOf(String command) {
        os.thisProcess().becomeSubreaper();
        try (Pipe input = os.fds().pipe()) {
            Pid parent = programs.start(shell(command + " <&3 & exit 0").inherit(input.readEnd(), 3));
            assertThat(programs.awaitEnd(parent)).isEqualTo(new Code(0));
        }
        awaitAnyDeath();
        return (Reaped.Orphan) os.reaper().next().orElseThrow();
    }
}
