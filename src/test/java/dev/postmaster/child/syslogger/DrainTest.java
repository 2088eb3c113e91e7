package dev.postmaster.child.syslogger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postmaster.logpipe.RecordForm;
import dev.postmaster.os.Fd;
import dev.postmaster.os.MemfdResult;
import dev.postmaster.os.Os;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {
    private static final String FIRST = "postgresql-2026-11-22_120000";

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @Test
    void eachFormGoesToItsFile_LOG13() throws IOException {
        TestDrain drain = drain(Map.of("log_destination", "stderr,csvlog,jsonlog"));
        drain.log(RecordForm.TEXT, 7, "text\n");
        drain.log(RecordForm.CSV, 7, "csv\n");
        drain.log(RecordForm.JSON, 7, "json\n");
        assertThat(drain.file(FIRST + ".log")).isEqualTo("text\n");
        assertThat(drain.file(FIRST + ".csv")).isEqualTo("csv\n");
        assertThat(drain.file(FIRST + ".json")).isEqualTo("json\n");
        assertThat(drain.current())
                .isEqualTo("stderr " + FIRST + ".log\ncsvlog " + FIRST + ".csv\njsonlog " + FIRST + ".json\n");
    }

    @Test
    void aFormWithoutAFileGoesToTheTextFile_LOG17() throws IOException {
        TestDrain drain = drain(Map.of());
        drain.log(RecordForm.CSV, 7, "csv\n");
        assertThat(drain.file(FIRST + ".log")).isEqualTo("csv\n");
    }

    @Test
    void whatIsNoRecordIsKeptAsItIs_LOG14() throws Exception {
        TestDrain drain = drain(Map.of());
        drain.raw("Exception in thread \"main\"\n\tat Foo\nlast wor".getBytes(US_ASCII));
        drain.end();
        assertThat(drain.file(FIRST + ".log")).isEqualTo("Exception in thread \"main\"\n\tat Foo\nlast wor");
    }

    @Test
    void theConsoleGetsRecordsWholeAndForeignTextByTheLine() throws Exception {
        TestDrain drain = drain(Map.of("log_destination", "stderr,console"));
        drain.log(RecordForm.JSON, 7, "{\"message\":\"hello\"}\n");
        drain.raw("one of us\nthe last wor".getBytes(US_ASCII));
        drain.end();
        assertThat(console.toString(UTF_8).lines())
                .containsExactly(
                        "{\"message\":\"hello\"}",
                        "{\"error_severity\":\"LOG\",\"message\":\"one of us\",\"backend_type\":\"plain output\"}",
                        "{\"error_severity\":\"LOG\",\"message\":\"the last wor\",\"backend_type\":\"plain output\","
                                + "\"partial\":\"true\"}");
        assertThat(drain.file(FIRST + ".log")).isEqualTo("one of us\nthe last wor");
    }

    @Test
    void aConsoleThatNobodyReadsLosesRecordsAndTheFilesSayHowMany() throws Exception {
        SlowConsole slow = new SlowConsole();
        TestDrain drain = new TestDrain(directory, Map.of("log_destination", "stderr,console"), slow);
        String record = "{\"message\":\"" + "x".repeat(1 << 20) + "\"}\n";
        for (int i = 0; i < 12; i++) {
            drain.log(RecordForm.JSON, 7, record);
        }
        slow.flow();
        drain.log(RecordForm.TEXT, 7, "a file never waits\n");
        slow.awaitQuiet();
        drain.tick();
        drain.end();
        assertThat(drain.file(FIRST + ".log"))
                .contains("a file never waits\n")
                .containsPattern("LOG:  [1-9] log records were dropped on their way to the console\n");
        assertThat(slow.text()).contains("were dropped on their way to the console");
    }

    @Test
    void aRequestBeginsNewFiles_LOG28() throws IOException {
        TestDrain drain = drain(Map.of());
        drain.log(RecordForm.TEXT, 7, "before\n");
        drain.now = drain.now.plusSeconds(5);
        drain.rotate();
        drain.log(RecordForm.TEXT, 7, "after\n");
        assertThat(drain.file(FIRST + ".log")).isEqualTo("before\n");
        assertThat(drain.file("postgresql-2026-11-22_120005.log")).isEqualTo("after\n");
        assertThat(drain.current()).isEqualTo("stderr postgresql-2026-11-22_120005.log\n");
    }

    @Test
    void theAgeNamesTheFileAfterThePlannedTimeAndMayEmptyIt_LOG29_LOG30() throws IOException {
        TestDrain drain =
                drain(Map.of("log_rotation_age", "1h", "log_filename", "at-%H", "log_truncate_on_rotation", "on"));
        Files.writeString(directory.resolve("log/at-13"), "of yesterday\n");
        assertThat(drain.tick()).isEqualTo(Instant.parse("2026-11-22T13:00:00Z"));
        drain.now = Instant.parse("2026-11-22T13:00:07Z");
        assertThat(drain.tick()).isEqualTo(Instant.parse("2026-11-22T14:00:00Z"));
        drain.log(RecordForm.TEXT, 7, "of today\n");
        assertThat(drain.file("at-13")).isEqualTo("of today\n");
    }

    @Test
    void aRequestNeverEmptiesAFile_LOG30() throws IOException {
        TestDrain drain = drain(Map.of("log_filename", "at-%H", "log_truncate_on_rotation", "on"));
        Files.writeString(directory.resolve("log/at-13"), "of yesterday\n");
        drain.now = Instant.parse("2026-11-22T13:00:07Z");
        drain.rotate();
        drain.log(RecordForm.TEXT, 7, "of today\n");
        assertThat(drain.file("at-13")).isEqualTo("of yesterday\nof today\n");
    }

    @Test
    void theSizeChangesOnlyTheFileThatIsFull_LOG28() throws IOException {
        TestDrain drain = drain(Map.of("log_destination", "stderr,csvlog", "log_rotation_size", "1kB"));
        drain.now = drain.now.plusSeconds(1);
        drain.log(RecordForm.CSV, 7, "x".repeat(1024));
        assertThat(drain.names()).containsExactly(FIRST + ".csv", FIRST + ".log", "postgresql-2026-11-22_120001.csv");
    }

    @Test
    void aSizeThatIsReachedUnderAConstantNameChangesNothing_LOG28() throws IOException {
        TestDrain drain = drain(Map.of("log_filename", "pm.log", "log_rotation_size", "1kB"));
        Files.delete(directory.resolve("current_logfiles"));
        drain.log(RecordForm.TEXT, 7, "x".repeat(2048));
        assertThat(drain.file("pm.log")).hasSize(2048);
        assertThat(drain.current()).as("written again without need").isEmpty();
    }

    /** A file in memory that was sealed can be opened for appending but not be cut off. */
    @Test
    void aFileThatCannotBeEmptiedIsClosedAgain_LOG30() throws IOException {
        TestDrain drain =
                drain(Map.of("log_rotation_age", "1h", "log_filename", "at-%H", "log_truncate_on_rotation", "on"));
        try (Fd sealed = sealedFile()) {
            Files.createSymbolicLink(directory.resolve("log/at-13"), Path.of("/proc/self/fd/" + sealed.number()));
            drain.now = Instant.parse("2026-11-22T13:00:07Z");
            drain.tick();
            assertThat(drain.file("at-12")).contains("could not open log file");
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                assertThat(open.map(DrainTest::target).filter(file -> file.contains("cannot-be-emptied")))
                        .as("ours only")
                        .hasSize(1);
            }
        }
    }

    private static Fd sealedFile() {
        return switch (Os.open().memfds().shared("cannot-be-emptied", 1)) {
            case MemfdResult.Created(Fd file) -> file;
            case MemfdResult.Refused refused -> throw new AssertionError(refused);
        };
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    @Test
    void aDestinationThatIsSwitchedOnAndOffGetsAndLosesItsFile_LOG31() throws IOException {
        TestDrain drain = drain(Map.of());
        drain.reload("log_destination", "jsonlog");
        drain.log(RecordForm.JSON, 7, "json\n");
        assertThat(drain.current()).isEqualTo("jsonlog " + FIRST + ".json\n");
        drain.reload("log_destination", "stderr");
        assertThat(drain.current()).isEqualTo("stderr " + FIRST + ".log\n");
        drain.log(RecordForm.JSON, 7, "late\n");
        assertThat(drain.file(FIRST + ".json")).isEqualTo("json\n");
        assertThat(drain.file(FIRST + ".log")).isEqualTo("late\n");
    }

    @Test
    void withoutAnyOfTheThreeThereIsNoListOfFiles_LOG33() throws IOException {
        TestDrain drain = drain(Map.of());
        drain.reload("log_destination", "console");
        assertThat(drain.current()).isEmpty();
    }

    @Test
    void aNewDirectoryIsMadeAndUsed_LOG28() throws IOException {
        TestDrain drain = drain(Map.of());
        drain.reload("log_directory", "elsewhere");
        drain.log(RecordForm.TEXT, 7, "here\n");
        assertThat(directory.resolve("elsewhere").resolve(FIRST + ".log")).hasContent("here\n");
    }

    @Test
    void aDirectoryThatCannotBeUsedLeavesTheOldFilesAndStopsRotation_LOG31() throws IOException {
        TestDrain drain = drain(Map.of("log_rotation_age", "1h"));
        Files.createFile(directory.resolve("occupied"));
        drain.reload("log_directory", "occupied");
        drain.log(RecordForm.TEXT, 7, "kept\n");
        assertThat(drain.file(FIRST + ".log"))
                .contains("LOG:  could not open log file \"" + directory + "/occupied/" + FIRST
                        + ".log\": Not a directory")
                .contains("LOG:  disabling automatic rotation (use SIGHUP to re-enable)")
                .endsWith("kept\n");
        assertThat(drain.tick()).isEqualTo(RotationRule.NEVER);
        Files.delete(directory.resolve("occupied"));
        drain.reload("log_rotation_size", "5MB");
        drain.log(RecordForm.TEXT, 7, "again\n");
        assertThat(directory.resolve("occupied").resolve(FIRST + ".log")).hasContent("again\n");
    }

    @Test
    void aDeletedFileComesBackWithTheNextRecords() throws IOException {
        TestDrain drain = drain(Map.of());
        Files.delete(directory.resolve("log").resolve(FIRST + ".log"));
        Files.delete(directory.resolve("log"));
        drain.now = drain.now.plusSeconds(2);
        drain.log(RecordForm.TEXT, 7, "one\n");
        drain.log(RecordForm.TEXT, 7, "two\n");
        assertThat(drain.file("postgresql-2026-11-22_120002.log")).isEqualTo("one\ntwo\n");
        Files.delete(directory.resolve("log").resolve("postgresql-2026-11-22_120002.log"));
        drain.log(RecordForm.TEXT, 7, "three\n");
        assertThat(drain.file("postgresql-2026-11-22_120002.log"))
                .as("in the same second")
                .isEqualTo("three\n");
        assertThat(drain.lost()).isZero();
    }

    @Test
    void filesHaveTheModeThatIsSetButAreWritableAndNeverExecutable_LOG27() throws IOException {
        TestDrain drain = drain(Map.of("log_file_mode", "0577", "log_filename", "a"));
        assertThat(drain.names()).containsExactly("a");
        // The umask of the test takes bits away; the process of the syslogger has none.
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("log/a"))))
                .startsWith("rw-")
                .doesNotContain("x");
    }

    /** The device that is always full stands for the disk; it takes nothing and says so. */
    @Test
    void aFullDiskLosesWhatItDoesNotTakeAndTheLossIsTold_LOG17() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no /dev/full on this system");
        TestDrain drain = drain(Map.of("log_filename", "full"));
        Path file = directory.resolve("log/full");
        Files.delete(file);
        Files.createSymbolicLink(file, full);
        drain.rotate();
        drain.log(RecordForm.TEXT, 7, "lost\n");
        drain.log(RecordForm.TEXT, 7, "lost too\n");
        assertThat(drain.lost()).isEqualTo(14);
        Files.delete(file);
        drain.rotate();
        drain.log(RecordForm.TEXT, 7, "here again\n");
        assertThat(drain.file("full"))
                .contains("LOG:  14 bytes of log output could not be written and are lost\n")
                .contains("here again\n");
    }

    private TestDrain drain(Map<String, String> settings) throws IOException {
        return new TestDrain(directory, settings, console);
    }
}
