package dev.postmaster.os;

import static dev.postmaster.core.Sig.QUIT;
import static dev.postmaster.os.TestPrograms.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.postmaster.os.LaunchResult.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PosixLauncherTest {
    private static final int SIGURG = 23;
    private static final long SIG_IGN = 1;

    private final Os os = Os.open();
    private final TestPrograms programs = new TestPrograms(os);

    private static SpawnPlan cat(String file) {
        return SpawnPlan.of("/bin/cat", List.of("cat", file)).inheritStandard(2);
    }

    private static String line(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1)
                .strip();
    }

    @Test
    void theSignalMaskIsTheOneOfThePlanWithSigquitLeftOpen() {
        SignalSet mask = SignalSet.BLOCK_SIG.without(QUIT);
        String status = programs.outputOf(cat("/proc/self/status").blocking(mask));
        assertThat(line(status, "SigBlk")).isEqualTo("fffffffe3ff9fa03"); // nor KILL nor STOP, ever
    }

    @Test
    void withoutAWordInThePlanNothingIsBlocked() {
        assertThat(line(programs.outputOf(cat("/proc/self/status")), "SigBlk")).isEqualTo("0000000000000000");
    }

    @Test
    void everyDispositionIsDefaultEvenOfASignalIgnoredHere() {
        CFunction signal = CFunction.named("signal");
        signal.toLong(SIGURG, SIG_IGN);
        try {
            String status = programs.outputOf(cat("/proc/self/status"));
            assertThat(line(status, "SigIgn")).isEqualTo("0000000000000000");
            assertThat(line(status, "SigCgt")).isEqualTo("0000000000000000");
        } finally {
            SignalC.setDefault(SIGURG);
        }
    }

    @Test
    void theChildLeadsASessionAndAGroupOfItsOwn() {
        String[] stat = programs.outputOf(cat("/proc/self/stat")).split(" ", -1);
        String pid = stat[0];
        assertThat(stat[4]).as("process group").isEqualTo(pid);
        assertThat(stat[5]).as("session").isEqualTo(pid);
    }

    @Test
    void theEnvironmentIsThePlansAlone() {
        SpawnPlan plan = SpawnPlan.of("/usr/bin/env", List.of("env")).environment(List.of("A=1", "B=ä ö", "C="));
        assertThat(programs.outputOf(plan)).isEqualTo("A=1\nB=ä ö\nC=\n");
        assertThat(programs.outputOf(plan.environment(List.of()))).isEmpty();
    }

    @Test
    void argumentsArriveAsTheyAreWithBlanksAndEmptyOnes() {
        List<String> arguments = List.of("sh", "-c", "printf '<%s>' \"$0\" \"$@\"", "x y", "", "--forkchild=av worker");
        assertThat(programs.outputOf(SpawnPlan.of("/bin/sh", arguments))).isEqualTo("<x y><><--forkchild=av worker>");
    }

    @Test
    void itStartsInTheDirectoryOfThePlanAndFindsARelativeProgramThere(@TempDir Path directory) throws Exception {
        Files.createSymbolicLink(directory.resolve("here"), Path.of("/bin/pwd"));
        SpawnPlan plan = SpawnPlan.of("./here", List.of("pwd", "-P")).directory(directory);
        assertThat(programs.outputOf(plan)).isEqualTo(directory.toRealPath() + "\n");
    }

    @Test
    void aLaunchThatFailsIsAValueAndLeavesNothingOpen(@TempDir Path directory) throws Exception {
        Path notExecutable = Files.createFile(directory.resolve("file"));
        launch(shell("exit 0")); // the first one opens what stays open
        var before = OpenFiles.ours();
        for (int i = 0; i < 50; i++) {
            assertThat(launch(SpawnPlan.of("/no/such/program", List.of("x")))).isEqualTo(new Refused(Errno.ENOENT));
            assertThat(launch(SpawnPlan.of(notExecutable.toString(), List.of("x"))))
                    .isEqualTo(new Refused(Errno.EACCES));
            assertThat(launch(shell("exit 0").directory(Path.of("/no/such/directory"))))
                    .isEqualTo(new Refused(Errno.ENOENT));
        }
        assertThat(OpenFiles.oursSince(before)).isEmpty();
        assertThat(os.reaper().next()).as("nobody was launched").isEmpty();
    }

    /** Launches and, if there is a child, sees it to its end. */
    private LaunchResult launch(SpawnPlan plan) {
        LaunchResult result = os.launcher().launch(plan);
        if (result instanceof LaunchResult.Launched(Pid pid)) {
            programs.awaitEnd(pid);
        }
        return result;
    }

    @Test
    void aStringThatWouldBeCutOffByTheKernelIsRefused() {
        SpawnPlan plan = SpawnPlan.of("/bin/echo", List.of("echo", "a\0b"));
        assertThatIllegalArgumentException().isThrownBy(() -> os.launcher().launch(plan));
    }

    @Test
    void aPlanNamesEachTargetOnceAndHasAnArgvZero() {
        SpawnPlan plan = shell("exit 0");
        assertThatIllegalArgumentException().isThrownBy(() -> plan.inheritStandard(2));
        assertThatIllegalArgumentException().isThrownBy(() -> SpawnPlan.of("/bin/true", List.of()));
    }
}
