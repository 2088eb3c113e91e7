package dev.postmaster.os;

import static dev.postmaster.os.TestPrograms.awaitDeath;
import static dev.postmaster.os.TestPrograms.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postmaster.core.ExitStatus.Code;
import dev.postmaster.core.ExitStatus.Killed;
import dev.postmaster.core.Sig;
import dev.postmaster.os.Signals.Delivery;
import dev.postmaster.os.Signals.Presence;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PosixSignalsTest {
    private final Os os = Os.open();
    private final Signals signals = os.signals();
    private final TestPrograms programs = new TestPrograms(os);

    @ParameterizedTest
    @EnumSource(names = {"HUP", "INT", "QUIT", "ABRT", "KILL", "USR1", "USR2", "TERM", "PWR"})
    void aSignalReachesTheProcessItIsSentTo(Sig sig) {
        try (Pipe input = os.fds().pipe()) {
            Pid pid = programs.start(shell("read line").inherit(input.readEnd(), 0));
            assertThat(signals.send(pid, sig)).isEqualTo(Delivery.DELIVERED);
            assertThat(programs.awaitEnd(pid)).isEqualTo(new Killed(sig.number()));
        }
    }

    @Test
    void aDeadProcessTakesSignalsUntilItIsReaped() {
        Pid pid = programs.start(shell("exit 0"));
        awaitDeath(pid);
        assertThat(signals.send(pid, Sig.TERM)).isEqualTo(Delivery.DELIVERED);
        assertThat(programs.awaitEnd(pid)).isEqualTo(new Code(0));
        assertThat(signals.send(pid, Sig.TERM)).isEqualTo(Delivery.NO_SUCH_PROCESS);
        assertThat(signals.sendToGroup(pid, Sig.TERM)).isEqualTo(Delivery.NO_SUCH_PROCESS);
    }

    @Test
    void aGroupSignalReachesGrandchildrenToo() {
        os.thisProcess().becomeSubreaper();
        try (Pipe held = os.fds().pipe()) {
            SpawnPlan plan = shell("sleep 600 & echo ready >&3; wait").inherit(held.writeEnd(), 3);
            Pid pid = programs.start(plan);
            held.writeEnd().close();
            assertThat(os.rawIo().read(held.readEnd(), new byte[6])).isEqualTo(6);
            assertThat(signals.sendToGroup(pid, Sig.TERM)).isEqualTo(Delivery.DELIVERED);
            assertThat(programs.readToEnd(held.readEnd()))
                    .as("all who held the pipe are gone")
                    .isEmpty();
            awaitDeath(pid);
        }
        reapTheGroup();
    }

    private void reapTheGroup() {
        for (int reaped = 0; reaped < 2; reaped++) {
            TestPrograms.awaitAnyDeath();
            assertThat(os.reaper().next().orElseThrow().status()).isEqualTo(new Killed(Sig.TERM.number()));
        }
    }

    @Test
    void presenceTellsTheLivingFromTheAbsent() {
        assertThat(signals.probe(os.thisProcess().pid())).isEqualTo(Presence.PRESENT);
        Pid pid = programs.start(shell("exit 0"));
        programs.awaitEnd(pid);
        assertThat(signals.probe(pid.value())).isEqualTo(Presence.ABSENT);
    }

    @Test
    void aProcessOfSomebodyElseIsNotOurs() throws Exception {
        int user = os.thisProcess().effectiveUserId();
        assumeTrue(
                user == 0 || !Files.getAttribute(Path.of("/proc/1"), "unix:uid").equals(user), "process 1 is ours");
        assertThat(Unprivileged.call(() -> signals.probe(1))).isEqualTo(Presence.NOT_OURS);
    }

    @Test
    void theParentIsSignalledOnlyWhileItIsTheParent() {
        int parent = os.thisProcess().parentPid();
        assertThat(signals.sendToParent(parent, Sig.CONT)).isEqualTo(Delivery.DELIVERED);
        int self = os.thisProcess().pid();
        assertThat(signals.sendToParent(self, Sig.CONT)).isEqualTo(Delivery.NO_SUCH_PROCESS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, -4711})
    void groupsAndEverybodyAreNotProcesses(int pid) {
        assertThatIllegalArgumentException().isThrownBy(() -> signals.sendToParent(pid, Sig.CONT));
        assertThatIllegalArgumentException().isThrownBy(() -> signals.probe(pid));
    }
}
