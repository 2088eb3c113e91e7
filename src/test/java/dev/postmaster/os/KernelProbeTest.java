package dev.postmaster.os;

import static dev.postmaster.os.TestPrograms.probe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.ExitStatus.Code;
import dev.postmaster.core.ExitStatus.Killed;
import dev.postmaster.core.Sig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Words that change a whole process, spoken by a JVM of their own ({@link KernelProbe}). */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KernelProbeTest {
    private final Os os = Os.open();
    private final TestPrograms programs = new TestPrograms(os);

    /** A script whose arguments are the probe's command line. */
    private static SpawnPlan underShell(String script, String part) {
        SpawnPlan probe = probe(part);
        List<String> arguments = new ArrayList<>(List.of("sh", "-c", script, "sh", probe.program()));
        arguments.addAll(probe.arguments().subList(1, probe.arguments().size()));
        return SpawnPlan.of("/bin/sh", arguments).inheritStandard(2);
    }

    private String readLine(Fd fd) {
        StringBuilder line = new StringBuilder();
        byte[] letter = new byte[1];
        while (os.rawIo().read(fd, letter) == 1 && letter[0] != '\n') {
            line.append((char) letter[0]);
        }
        return line.toString();
    }

    @Test
    void aJvmStartedWithBlockedSignalsReadsThemAllEvenQuit() {
        try (Pipe answer = os.fds().pipe()) {
            Pid pid = programs.start(
                    probe("signals").blocking(SignalSet.BLOCK_SIG).inherit(answer.writeEnd(), 1));
            answer.writeEnd().close();
            assertThat(readLine(answer.readEnd())).isEqualTo("ready");
            for (Sig sig : List.of(Sig.HUP, Sig.INT, Sig.QUIT, Sig.USR1, Sig.USR2, Sig.PWR, Sig.CHLD, Sig.TERM)) {
                os.signals().send(pid, sig);
                assertThat(readLine(answer.readEnd()))
                        .isEqualTo(sig + " from " + os.thisProcess().pid());
            }
            assertThat(programs.awaitEnd(pid)).isEqualTo(new Code(0));
        }
    }

    @Test
    void aJvmWithSigquitLeftOpenDiesOfItAtOnce() {
        try (Pipe answer = os.fds().pipe()) {
            SignalSet mask = SignalSet.BLOCK_SIG.without(Sig.QUIT);
            Pid pid = programs.start(probe("signals").blocking(mask).inherit(answer.writeEnd(), 1));
            answer.writeEnd().close();
            assertThat(readLine(answer.readEnd())).isEqualTo("ready");
            os.signals().send(pid, Sig.QUIT);
            assertThat(programs.awaitEnd(pid)).isEqualTo(new Killed(Sig.QUIT.number()));
        }
    }

    @Test
    void executingKeepsThePidAndTheMaskAndReplacesTheEnvironment() {
        String answer = programs.outputOf(probe("execute").blocking(SignalSet.of(Sig.INT)));
        String pid = answer.lines().findFirst().orElseThrow().replace("was ", "");
        assertThat(answer)
                .contains("\nName:\tcat\n", "\nPid:\t" + pid + "\n", "\nSigBlk:\t0000000000000002\n")
                .endsWith("\nNAME=value\0");
    }

    @Test
    void exitingAsksNobody() {
        try (Pipe answer = os.fds().pipe()) {
            Pid pid = programs.start(probe("exit").inherit(answer.writeEnd(), 1));
            answer.writeEnd().close();
            assertThat(programs.awaitEnd(pid)).isEqualTo(new Code(7));
            assertThat(readLine(answer.readEnd())).isEmpty();
        }
    }

    @Test
    void theParentsDeathArrivesAsASignalAndTheOrphanComesToUs() {
        os.thisProcess().becomeSubreaper();
        try (Pipe answer = os.fds().pipe();
                Pipe input = os.fds().pipe()) {
            Pid shell = programs.start(underShell("\"$@\" <&3 & wait", "orphan")
                    .inherit(answer.writeEnd(), 1)
                    .inherit(input.readEnd(), 3));
            answer.writeEnd().close();
            assertThat(readLine(answer.readEnd())).isEqualTo("ready");
            os.signals().send(shell, Sig.KILL);
            assertThat(programs.readToEnd(answer.readEnd()))
                    .as("nothing more was said")
                    .isEmpty();
            assertThat(programs.awaitEnd(shell)).isEqualTo(new Killed(Sig.KILL.number()));
        }
        TestPrograms.awaitAnyDeath();
        assertThat(os.reaper().next().orElseThrow()).isInstanceOfSatisfying(Reaped.Orphan.class, orphan -> {
            assertThat(orphan.status()).isEqualTo(new Killed(Sig.PWR.number()));
            assertThat(orphan.command()).isEqualTo("java");
        });
    }

    @Test
    void runningOutOfDescriptorsLeaksNone() {
        SpawnPlan plan = underShell("ulimit -n 800; exec \"$@\"", "limits");
        assertThat(programs.outputOf(plan).lines())
                .containsExactly(
                        "trying to exceed EMFILE",
                        "full: EMFILE",
                        "EMFILE EMFILE EMFILE EMSGSIZE",
                        "leaked 0",
                        "EMFILE EMFILE EMFILE EMSGSIZE",
                        "leaked 0");
    }

    @Test
    void openingTheDoorStartsNoHelperProcess() {
        assertThat(programs.outputOf(probe("helpers"))).isEqualTo("[]\n");
    }
}
