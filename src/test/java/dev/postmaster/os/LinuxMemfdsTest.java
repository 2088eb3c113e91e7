package dev.postmaster.os;

import static dev.postmaster.os.TestPrograms.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postmaster.os.MemfdResult.Created;
import dev.postmaster.os.MemfdResult.Refused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinuxMemfdsTest {
    private final Os os = Os.open();
    private final Memfds memfds = os.memfds();
    private final TestPrograms programs = new TestPrograms(os);

    private static Fd created(MemfdResult result) {
        return switch (result) {
            case Created(Fd fd) -> fd;
            case Refused(Errno errno) -> throw new AssertionError(errno);
        };
    }

    private static FileChannel open(Fd fd) throws IOException {
        Path path = Path.of("/proc/self/fd/" + fd.number());
        return FileChannel.open(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Test
    void aChildReadsASealedFileFromItsBeginning() {
        try (Fd fd = created(memfds.sealed("parameters", "the whole block".getBytes(StandardCharsets.US_ASCII)))) {
            SpawnPlan plan = shell("cat <&6").inherit(fd, 6);
            assertThat(programs.outputOf(plan)).isEqualTo("the whole block");
        }
    }

    @Test
    void nobodyChangesASealedFile() throws IOException {
        try (Fd fd = created(memfds.sealed("parameters", new byte[100]));
                FileChannel channel = open(fd)) {
            assertThatExceptionOfType(OsException.class)
                    .isThrownBy(() -> os.rawIo().writeFully(fd, new byte[1]))
                    .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EPERM));
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> channel.truncate(10));
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> channel.map(MapMode.READ_WRITE, 0, 100));
            assertThat(FileC.fcntl(fd.number(), FileC.F_ADD_SEALS, 0))
                    .as("seals are sealed")
                    .isEqualTo(-1);
            assertThat(channel.size()).isEqualTo(100);
        }
    }

    @Test
    void aSharedFileIsWrittenByMappingAndKeepsItsSize() throws IOException {
        try (Fd fd = created(memfds.shared("segment", 8192));
                FileChannel channel = open(fd)) {
            channel.map(MapMode.READ_WRITE, 0, 8192).putLong(4096, 4711);
            assertThat(channel.map(MapMode.READ_WRITE, 0, 8192).getLong(4096)).isEqualTo(4711);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> channel.truncate(4096));
            assertThat(FileC.ftruncate(fd.number(), 16_384)).as("growing").isEqualTo(-1);
            assertThat(channel.size()).isEqualTo(8192);
        }
    }

    @Test
    void bothAreCloseOnExec() {
        try (Fd sealed = created(memfds.sealed("a", new byte[0]));
                Fd shared = created(memfds.shared("b", 1))) {
            assertThat(os.fds().isCloseOnExec(sealed)).isTrue();
            assertThat(os.fds().isCloseOnExec(shared)).isTrue();
        }
    }

    @Test
    void aRefusalIsAValueAndLeavesNothingOpen() {
        var before = OpenFiles.ours();
        assertThat(memfds.shared("segment", -1)).isEqualTo(new Refused(Errno.EINVAL));
        assertThat(OpenFiles.oursSince(before)).isEmpty();
    }
}
