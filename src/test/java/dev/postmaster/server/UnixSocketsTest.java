package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.cluster.FileModes;
import dev.postmaster.cluster.Kinship;
import dev.postmaster.cluster.LockClaim;
import dev.postmaster.cluster.LockFileTaker;
import dev.postmaster.config.Settings;
import dev.postmaster.os.Fd;
import dev.postmaster.os.Os;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketsTest {
    @TempDir
    private Path directory;

    /** PM-64. Cleaners of /tmp go by age. */
    @Test
    void touchingKeepsSocketAndLockFileYoungAndClosingTakesThemAway() throws IOException {
        var claim = new LockClaim(directory, Instant.EPOCH, 5433);
        var processes = new Kinship(4711, 1, OptionalInt.empty(), pid -> false);
        var locks = new LockFileTaker(processes, claim, FileModes.OWNER_ONLY, report -> {});
        var settings = Settings.ofNonDefaults(Map.of("port", "5433"));
        Path socket = directory.resolve(".s.PGSQL.5433");
        Path lock = directory.resolve(".s.PGSQL.5433.lock");
        FileTime old = FileTime.from(Instant.EPOCH);
        Instant now = Instant.parse("2026-11-22T17:00:00Z");

        try (var sockets = new UnixSockets(Os.open().listeners(), locks, settings, report -> {})) {
            sockets.open(List.of(directory.toString()), 1);
            Files.setLastModifiedTime(socket, old);
            Files.setLastModifiedTime(lock, old);

            sockets.touch(now);

            assertThat(Files.getLastModifiedTime(socket)).isEqualTo(FileTime.from(now));
            assertThat(Files.getLastModifiedTime(lock)).isEqualTo(FileTime.from(now));
            sockets.sockets().forEach(Fd::close);
        }
        assertThat(directory).isEmptyDirectory();
    }
}
