package dev.postmaster.os;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.Sig;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class ProcFsTest {
    private final Os os = Os.open();
    private final ProcessTable table = os.processTable();

    @Test
    void aProcessIsFoundByWhatItInheritedAlsoInASessionOfItsOwn() {
        os.thisProcess().becomeSubreaper(); // the one in a session of its own comes to us, too
        String line = "POSTMASTER_TEST=" + UUID.randomUUID();
        Pid parent = launch(line, "setsid sleep 60 & exec sleep 60");

        Set<Pid> family = new HashSet<>();
        await(() -> {
            family.addAll(table.withEnvironment(line));
            return family.size() == 2;
        });
        assertThat(family).contains(parent);
        assertThat(table.withEnvironment(line + "1")).isEmpty();

        for (Pid pid : family) {
            os.signals().send(pid, Sig.KILL);
        }
        Set<Pid> reaped = new HashSet<>();
        await(() -> os.reaper().next().stream().allMatch(dead -> reaped.add(dead.pid())) && reaped.containsAll(family));
        assertThat(table.withEnvironment(line)).isEmpty();
    }

    @Test
    void aStoppedProcessIsSeenToBeStopped() {
        Pid pid = launch("A=1", "exec sleep 60");
        os.signals().send(pid, Sig.STOP);

        await(() -> table.examine(pid).state().equals("T (stopped)"));
        ProcessCondition condition = table.examine(pid);
        assertThat(condition.residentKilobytes()).isPositive();
        assertThat(condition.descriptors()).isPositive();

        os.signals().send(pid, Sig.KILL);
        reap(pid);
    }

    @Test
    void nothingIsKnownOfAProcessThatIsGone() {
        assertThat(table.examine(new Pid(Integer.MAX_VALUE))).isEqualTo(new ProcessCondition("", "", "", -1, -1));
    }

    @Test
    void theStackIsNamesOnly() {
        assertThat(ProcFs.functions("[<0>] do_signal_stop+0x1c3/0x200\n[<0>] get_signal+0x83/0x6f0\n"))
                .isEqualTo("do_signal_stop < get_signal");
        assertThat(ProcFs.functions("")).isEmpty();
    }

    private Pid launch(String environment, String script) {
        SpawnPlan plan = TestPrograms.shell(script).environment(List.of("PATH=/usr/bin:/bin", environment));
        return switch (os.launcher().launch(plan)) {
            case LaunchResult.Launched(Pid pid) -> pid;
            case LaunchResult.Refused(var ignored, String why) -> throw new AssertionError(why);
        };
    }

    private void reap(Pid pid) {
        await(() -> os.reaper().next().map(Reaped::pid).equals(Optional.of(pid)));
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("too late").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
