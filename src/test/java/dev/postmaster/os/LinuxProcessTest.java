package dev.postmaster.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be tried on the process that runs the tests; {@link KernelProbeTest} has the rest. */
class LinuxProcessTest {
    private final ThisProcess process = Os.open().thisProcess();

    private static String status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1)
                .strip();
    }

    @Test
    void theNumbersAreTheKernels() throws IOException {
        assertThat(process.pid()).isEqualTo(Integer.parseInt(status("Pid")));
        assertThat(process.parentPid()).isEqualTo(Integer.parseInt(status("PPid")));
        String[] userIds = status("Uid").split("\t", -1);
        assertThat(process.realUserId()).isEqualTo(Integer.parseInt(userIds[0]));
        assertThat(process.effectiveUserId()).isEqualTo(Integer.parseInt(userIds[1]));
        assertThat(Path.of("/proc/self/task/" + process.threadId())).isDirectory();
    }

    @Test
    void theMaskDecidesTheModeOfNewFiles(@TempDir Path directory) throws IOException {
        int before = process.setMask(0077);
        try {
            assertThat(Files.getAttribute(Files.createFile(directory.resolve("file")), "unix:mode"))
                    .isEqualTo(0100600);
        } finally {
            assertThat(process.setMask(before)).isEqualTo(0077);
        }
    }

    @Test
    void changingTheDirectoryMovesTheProcess(@TempDir Path directory) throws IOException {
        Path before = Path.of("/proc/self/cwd").toRealPath();
        process.changeDirectory(directory);
        try {
            assertThat(Path.of("/proc/self/cwd").toRealPath()).isEqualTo(directory.toRealPath());
        } finally {
            process.changeDirectory(before);
        }
        assertThatExceptionOfType(OsException.class)
                .isThrownBy(() -> process.changeDirectory(directory.resolve("missing")))
                .withMessage("chdir: No such file or directory");
    }

    @Test
    void theNameIsTheOneThatPsShowsWhicheverThreadSetsIt() throws IOException {
        Path name = Path.of("/proc/" + process.pid() + "/comm");
        String before = Files.readString(name).strip();
        try {
            process.setName("checkpointer process");
            assertThat(Files.readString(name)).isEqualTo("checkpointer pr\n");
        } finally {
            process.setName(before);
        }
    }

    @Test
    void executingNothingReturnsTheReason() {
        assertThat(process.execute("/no/such/program", List.of("x"), List.of())).isEqualTo(Errno.ENOENT);
        assertThat(process.execute("/", List.of("x"), List.of())).isEqualTo(Errno.EACCES);
    }
}
