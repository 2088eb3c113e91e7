package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code bin/pmctl log}: which records of which file it shows. */
class PmctlLogIT {
    @ParameterizedTest
    @MethodSource
    void theLogFileIsShownAsFarAsAsked(LogRow row) throws IOException {
        try (var pmctl = new Pmctl()) {
            pmctl.init();
            Path data = pmctl.data();
            Files.writeString(data.resolve("current_logfiles"), "stderr log/a.log\njsonlog log/a.json\n");
            Files.writeString(data.resolve("log/a.log"), "t [7] LOG:  one\nt [8] ERROR:  two\nt [8] HINT:  three\n");
            Files.writeString(
                    data.resolve("log/a.json"),
                    "{\"timestamp\":\"t\",\"pid\":9,\"error_severity\":\"LOG\",\"message\":\"four\","
                            + "\"backend_type\":\"checkpointer\"}\n");
            assertThat(pmctl.run(row.command().split(" ", -1))).isEqualTo(new Outcome(0, row.out(), ""));
        }
    }

    /** {@code script} gives it a terminal; the level has a colour there, unless somebody wants none. */
    @ParameterizedTest
    @CsvSource({"NO_COLOR=, true", "NO_COLOR=1, false"})
    void onATerminalTheLogHasColours(String variable, boolean coloured) throws IOException {
        try (var pmctl = new Pmctl()) {
            pmctl.init();
            Files.writeString(pmctl.data().resolve("current_logfiles"), "stderr log/a.log\n");
            Files.writeString(pmctl.data().resolve("log/a.log"), "t [8] ERROR:  two\n");
            String command = String.join(
                    " ", pmctl.builder("log", "-D", pmctl.data().toString()).command());
            Outcome seen =
                    Outcome.of(new ProcessBuilder("script", "-qec", "env " + variable + " " + command, "/dev/null"));
            assertThat(seen.out()).contains("t [8] ERROR:  two");
            assertThat(seen.out().contains("\033[0m")).isEqualTo(coloured);
        }
    }

    record LogRow(String command, String out) {}

    static List<LogRow> theLogFileIsShownAsFarAsAsked() {
        return List.of(
                new LogRow("log", "t [7] LOG:  one\nt [8] ERROR:  two\nt [8] HINT:  three\n"),
                new LogRow("log --level error", "t [8] ERROR:  two\nt [8] HINT:  three\n"),
                new LogRow("log --pid 7", "t [7] LOG:  one\n"),
                new LogRow("log --kind checkpointer", "t [9] LOG:  four\n"),
                new LogRow("log --kind backend", ""));
    }
}
