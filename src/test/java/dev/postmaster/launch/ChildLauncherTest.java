package dev.postmaster.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.ChildKind;
import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.Sig;
import dev.postmaster.os.Errno;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.SignalSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CH-6, CH-11, CH-14, CH-15, CH-16, CH-32: what a child finds when it is born, seen by a shell in its place. */
class ChildLauncherTest {
    @TempDir
    Path dataDirectory;

    private Nursery nursery;

    @BeforeEach
    void open() throws Exception {
        nursery = new Nursery(dataDirectory, Map.of());
    }

    @AfterEach
    void close() {
        nursery.close();
    }

    @Test
    void aChildHasTheDescriptorsOfThePlanAndNoOthers() {
        Map<String, String> found = descriptorsOf(ChildKind.CHECKPOINTER, StartupData.NONE);
        assertThat(found).containsOnlyKeys("0", "1", "2", "3", "5", "6");
        assertThat(found).containsEntry("0", "/dev/null");
        assertThat(found.get("3")).startsWith("pipe:");
        assertThat(found.get("5")).startsWith("/memfd:test segment");
        assertThat(found.get("6")).startsWith("/memfd:postmaster parameters");
    }

    /** */
    @Test
    void theSysloggerGetsNoSharedSegment() {
        Map<String, String> found =
                descriptorsOf(ChildKind.SYSLOGGER, new SysLoggerStartup(-1, -1, -1, SysLoggerStartup.NOT_OPEN));
        assertThat(found).containsOnlyKeys("0", "1", "2", "3", "6");
    }

    @Test
    void aChildIsSessionLeaderInTheDataDirectoryWithItsArgumentsAndEnvironment() {
        String script = "echo \"$0|$1|$SAMPLE\"; pwd; cut -d' ' -f1,6 /proc/$$/stat";
        try (LaunchedChild child = nursery.launch(TestPrograms.shell(script), ChildKind.AV_LAUNCHER)) {
            String pid = child.pid().toString();
            assertThat(child.outputToTheEnd())
                    .isEqualTo("--forkchild=autovacuum launcher|6|passed on\n" + dataDirectory + "\n" + pid + " " + pid
                            + "\n");
            assertThat(child.exitStatus()).isEqualTo(new ExitStatus.Code(0));
        }
    }

    @Test
    void allSignalsAreBlockedButQuitAndWithAClientThatTooAndNoneIsIgnored() {
        SignalSet blockable = SignalSet.BLOCK_SIG.without(Sig.KILL).without(Sig.STOP);
        assertThat(signalsOf(ChildKind.CHECKPOINTER, StartupData.NONE)).isEqualTo(blockable.without(Sig.QUIT));
        assertThat(signalsOf(ChildKind.BACKEND, Blocks.backendStartup(new byte[0])))
                .isEqualTo(blockable);
    }

    /** CH-10: posix_spawn tells it at once, where PostgreSQL's forked child exits with status 1. */
    @Test
    void aMissingExecutableIsRefusedAtOnceAndLeavesNothing() {
        ChildProgram missing = ChildProgram.sameForAll("/nowhere/java", List.of(), List.of());
        ChildLauncher launcher = new ChildLauncher(
                nursery.os().launcher(),
                missing,
                nursery.fileCarrier(),
                nursery.os().fds().openNull());
        launcher.standOn(nursery.ground());
        assertThat(launcher.launch(ChildKind.STARTUP, 1, StartupData.NONE, null))
                .isEqualTo(new LaunchResult.Refused(Errno.ENOENT));
        assertThat(dataDirectory.resolve("pgsql_tmp")).isEmptyDirectory();
    }

    private Map<String, String> descriptorsOf(ChildKind kind, StartupData startupData) {
        Map<String, String> found = new TreeMap<>();
        try (LaunchedChild child =
                nursery.launch(TestPrograms.shell("ls -l /proc/$$/fd"), nursery.carrier(), kind, startupData)) {
            Matcher links = Pattern.compile(" (\\d+) -> (.*)").matcher(child.outputToTheEnd());
            while (links.find()) {
                found.put(links.group(1), links.group(2));
            }
        }
        return found;
    }

    private SignalSet signalsOf(ChildKind kind, StartupData startupData) {
        // Not a shell, which changes its mask; the child's own arguments are files that grep does not find.
        ChildProgram grep = ChildProgram.sameForAll(
                "/bin/grep", List.of("-hs", "-e", "SigBlk", "-e", "SigIgn", "--", "/proc/self/status"), List.of());
        try (LaunchedChild child = nursery.launch(grep, nursery.carrier(), kind, startupData)) {
            List<String> lines = child.outputToTheEnd().lines().toList();
            assertThat(lines.get(1)).isEqualTo("SigIgn:\t0000000000000000");
            return new SignalSet(Long.parseUnsignedLong(lines.get(0).substring("SigBlk:\t".length()), 16));
        }
    }
}
