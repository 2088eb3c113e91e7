package dev.postmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlFileTest {
    private static final Instant NOW = Instant.parse("2026-11-22T17:00:00.123456Z");
    private static final ControlData DATA =
            new ControlData(0x1122334455667788L, ClusterState.SHUT_DOWN, NOW, Instant.EPOCH);

    @TempDir
    private Path directory;

    private ClusterLayout layout;

    @BeforeEach
    void makeCluster() throws IOException {
        layout = TestCluster.in(directory);
        ControlFile.write(layout, DATA, FileModes.OWNER_ONLY);
    }

    private Report refusal() {
        return catchThrowableOfType(ReportException.class, () -> ControlFile.read(layout))
                .report();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsRead(ClusterState state) throws IOException {
        ControlFile.write(layout, DATA.withState(state, NOW).withCheckpoint(NOW), FileModes.OWNER_ONLY);
        assertThat(ControlFile.read(layout)).isEqualTo(new ControlData(DATA.systemIdentifier(), state, NOW, NOW));
        assertThat(TestCluster.mode(layout.controlFile())).isEqualTo("rw-------");
        assertThat(layout.global()).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void theStateHasPostgresqlsWordsAndItsCodes() {
        assertThat(Arrays.stream(ClusterState.values()).map(state -> state.code() + " " + state.words()))
                .containsExactly(
                        "0 starting up",
                        "1 shut down",
                        "2 shut down in recovery",
                        "3 shutting down",
                        "4 in crash recovery",
                        "5 in archive recovery",
                        "6 in production");
    }

    @Test
    void aMissingFileIsAPanic_CH36() throws IOException {
        Files.delete(layout.controlFile());
        Report report = refusal();
        assertThat(report.severity()).isEqualTo(Severity.PANIC);
        assertThat(report.message())
                .isEqualTo("could not open file \"" + layout.controlFile() + "\": No such file or directory");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 39})
    void aShortFileIsAPanic_CH36(int length) throws IOException {
        Files.write(layout.controlFile(), Arrays.copyOf(Files.readAllBytes(layout.controlFile()), length));
        Report report = refusal();
        assertThat(report.severity()).isEqualTo(Severity.PANIC);
        assertThat(report.sqlState()).isEqualTo(SqlState.DATA_CORRUPTED);
        assertThat(report.message())
                .isEqualTo("could not read file \"" + layout.controlFile() + "\": read " + length + " of 40");
    }

    @Test
    void everyFlippedBitIsFound_CH36() throws IOException {
        byte[] good = Files.readAllBytes(layout.controlFile());
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(layout.controlFile(), bad);
            assertThat(refusal().severity()).as("bit %d", bit).isEqualTo(Severity.FATAL);
            assertThat(refusal().message())
                    .isEqualTo(
                            bit < 64
                                    ? "database files are incompatible with server"
                                    : "incorrect checksum in control file");
        }
    }

    @Test
    void itIsWrittenWhereItIsBecauseAFullDiskHasNoRoomForAnother() throws IOException {
        Object before = Files.getAttribute(layout.controlFile(), "unix:ino");
        ControlFile.write(layout, DATA.withState(ClusterState.IN_PRODUCTION, NOW), FileModes.OWNER_ONLY);
        assertThat(Files.getAttribute(layout.controlFile(), "unix:ino")).isEqualTo(before);
    }

    @Test
    void anUnwritableFileIsAPanic() throws IOException {
        Files.delete(layout.controlFile());
        Files.createDirectory(layout.controlFile());
        ReportException panic = catchThrowableOfType(
                ReportException.class, () -> ControlFile.write(layout, DATA, FileModes.OWNER_ONLY));
        assertThat(panic.report().severity()).isEqualTo(Severity.PANIC);
        assertThat(panic.report().message())
                .isEqualTo("could not write to file \"" + layout.controlFile() + "\": Is a directory");
    }
}
