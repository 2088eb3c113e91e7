package dev.postmaster.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileErrorsTest {
    @TempDir
    private Path directory;

    @Test
    void realFailuresGetTheWordsOfStrerror_C4() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertSaid(() -> Files.readString(directory.resolve("none")), "No such file or directory", "58P01");
        assertSaid(() -> Files.createFile(file), "File exists", "58P02");
        assertSaid(() -> Files.readString(file.resolve("below")), "Not a directory", "42809");
        assertSaid(() -> Files.readString(directory), "Is a directory", "42809");
        assertSaid(() -> Files.delete(directory), "Directory not empty", "42809");
    }

    @ParameterizedTest
    @CsvSource({
        "13,42501",
        "2,58P01",
        "17,58P02",
        "28,53100",
        "12,53200",
        "24,53000",
        "5,58030",
        "21,42809",
        "999,XX000"
    })
    void anErrnoImpliesASqlState_C4(int errno, String code) {
        assertThat(FileErrors.sqlState(errno).code()).isEqualTo(code);
    }

    @Test
    void aFullDiskIsKnownByItsWords() {
        Report report = FileErrors.report(
                Severity.LOG, "could not write to file \"x\"", new IOException("No space left on device"));
        assertThat(report.message()).isEqualTo("could not write to file \"x\": No space left on device");
        assertThat(report.sqlState()).isEqualTo(SqlState.DISK_FULL);
    }

    @Test
    void aFailureWithoutWordsIsNamedByItsClass() {
        assertThat(FileErrors.words(new IOException())).isEqualTo("IOException");
    }

    private static void assertSaid(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String words, String code) {
        IOException failure = catchThrowableOfType(IOException.class, call);
        assertThat(FileErrors.words(failure)).isEqualTo(words);
        assertThat(FileErrors.sqlState(failure).code()).isEqualTo(code);
    }
}
