package dev.postmaster.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    /** The tool has 64 MB of memory; {@code pmctl start -l} makes files that never rotate. */
    @Test
    void aLogMayBeLargerThanTheMemory() throws IOException, InterruptedException {
        try (var pmctl = new Pmctl()) {
            pmctl.init();
            Files.writeString(pmctl.data().resolve("current_logfiles"), "stderr log/a.log\n");
            Path log = pmctl.data().resolve("log/a.log");
            byte[] million =
                    ("t [7] LOG:  " + "x".repeat(87) + "\n").repeat(10_000).getBytes(US_ASCII);
            try (var out = Files.newOutputStream(log)) {
                for (int i = 0; i < 80; i++) {
                    out.write(million);
                }
            }
            Path shown = pmctl.data().resolve("shown");
            Process tool = pmctl.builder("log", "-D", pmctl.data().toString(), "--level", "log")
                    .redirectOutput(shown.toFile())
                    .start();
            assertThat(tool.waitFor()).isZero();
            assertThat(Files.size(shown)).isEqualTo(Files.size(log));
        }
    }

    @Test
    void whoFollowsMissesNoFileAndWaitsForOneThatIsDeleted() throws IOException {
        try (var pmctl = new Pmctl()) {
            pmctl.init();
            Path current = pmctl.data().resolve("current_logfiles");
            Path log = pmctl.data().resolve("log");
            Files.writeString(current, "stderr log/b.log\n");
            Files.writeString(log.resolve("a.log"), "of yesterday\n");
            Files.writeString(log.resolve("b.log"), "one\n");
            Path shown = pmctl.data().resolve("shown");
            Process tool = pmctl.builder("log", "-f", "-D", pmctl.data().toString())
                    .redirectOutput(shown.toFile())
                    .start();
            try {
                awaitShown(shown, "one\n");
                Files.delete(log.resolve("b.log"));
                Files.writeString(log.resolve("c.log"), "two\n");
                Files.writeString(log.resolve("d.log"), "three\n");
                Files.writeString(current.resolveSibling("next"), "stderr log/d.log\n");
                Files.move(current.resolveSibling("next"), current, StandardCopyOption.REPLACE_EXISTING);
                awaitShown(shown, "one\ntwo\nthree\n");
                Files.writeString(log.resolve("d.log"), "four\n", StandardOpenOption.APPEND);
                awaitShown(shown, "one\ntwo\nthree\nfour\n");
                assertThat(tool.isAlive()).isTrue();
            } finally {
                tool.destroyForcibly().onExit().join();
            }
        }
    }

    private static void awaitShown(Path output, String text) {
        Deadline.await(text, RunningPostmaster.PATIENCE, () -> {
            try {
                return Files.readString(output).equals(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
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
