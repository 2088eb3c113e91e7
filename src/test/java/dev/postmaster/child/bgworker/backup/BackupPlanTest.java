package dev.postmaster.child.bgworker.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The argument of the backup worker. */
class BackupPlanTest {
    private static final Path DATA = Path.of("/data");

    @Test
    void everythingCanBeSaid() {
        assertThat(plan("database=shop directory=/mnt/copies every=30min keep=7"))
                .isEqualTo(new BackupPlan(Optional.of("shop"), Path.of("/mnt/copies"), Duration.ofMinutes(30), 7));
    }

    @Test
    void onlyTheDirectoryMustBeSaid() {
        assertThat(plan("directory=copies"))
                .isEqualTo(new BackupPlan(Optional.empty(), Path.of("/data/copies"), Duration.ofHours(1), 24));
    }

    @Test
    void aDirectoryMayHaveBlanks() {
        assertThat(plan("  directory='/my copies/a'   every=1d ").directory()).isEqualTo(Path.of("/my copies/a"));
        assertThat(plan("directory=/x=y").directory()).isEqualTo(Path.of("/x=y"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "every=1h | \"directory\" is missing",
                "directory=/x frequency=1h | unrecognized parameter \"frequency\"",
                "directory=/x hourly | \"hourly\" is not name=value",
                "directory=/x =1 | \"=1\" is not name=value",
                "directory='/x | a quote behind \"directory=\" is not closed",
                "directory=/x keep=1 keep=2 | \"keep\" is given twice",
                "directory=/x keep=0 | invalid value for \"keep\": \"0\"",
                "directory=/x keep=many | invalid value for \"keep\": \"many\"",
                "directory=/x every=10 | invalid value for \"every\": \"10\"",
                "directory=/x every=0s | invalid value for \"every\": \"0s\"",
                "directory=/x every=h | invalid value for \"every\": \"h\"",
                "directory=/x every=1fortnight | invalid value for \"every\": \"1fortnight\"",
                "directory=/x every=366d | invalid value for \"every\": \"366d\""
            })
    void whatIsWrongIsNamedWithWhatIsAllowed(String argument, String complaint) {
        assertThatExceptionOfType(ReportException.class)
                .isThrownBy(() -> plan(argument))
                .withMessage("argument of worker function \"backup\": " + complaint)
                .satisfies(e -> {
                    assertThat(e.report().sqlState()).isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
                    assertThat(e.report().hint()).isNotBlank();
                });
    }

    private static BackupPlan plan(String argument) {
        return BackupPlan.parse(argument, DATA);
    }
}
