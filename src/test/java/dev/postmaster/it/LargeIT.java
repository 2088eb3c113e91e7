package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is too large for a backend's heap is an error of the statement or the end of the session, never a crash. */
class LargeIT {
    private static final int MEGABYTE = 1 << 20;
    private static RunningPostmaster postmaster;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        postmaster = RunningPostmaster.start();
    }

    @AfterAll
    static void stop() {
        postmaster.close();
    }

    @AfterEach
    void nobodyHasCrashed() throws IOException {
        assertThat(postmaster.psql("-A", "-t", "-c", "select 1").out().strip()).isEqualTo("1");
        assertThat(postmaster.log()).noneMatch(line -> line.contains("was terminated by signal"));
        try (Stream<Path> files = Files.list(postmaster.dataDirectory())) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("hs_err"));
        }
    }

    @Test
    void aLineOfCopyIsRefusedAndTheSessionGoesOn() throws IOException {
        Path line = Files.writeString(directory.resolve("line"), "x".repeat(40 * MEGABYTE) + "\n");

        Outcome outcome = verbose(
                "-c",
                "create table long_line (t text)",
                "-c",
                "\\copy long_line from '" + line + "'",
                "-c",
                "select 2");

        assertThat(outcome.err())
                .startsWith("ERROR:  54000: string buffer exceeds maximum allowed length")
                .contains("DETAIL:  Cannot enlarge string buffer containing ")
                .contains("CONTEXT:  COPY long_line, line 1: \"xxxx");
        assertThat(outcome.out()).contains("2");
    }

    @Test
    void aValueIsRefusedAndTheSessionGoesOn() {
        Outcome outcome = verbose("-c", "select repeat('x', 300000000)", "-c", "select 2");

        assertThat(outcome.err()).startsWith("ERROR:  54000: requested length too large");
        assertThat(outcome.out()).contains("2");
    }

    @Test
    void aQueryIsRefusedAndTheSessionGoesOn() throws IOException {
        Path script = Files.writeString(
                directory.resolve("script"), "select '" + "x".repeat(200 * MEGABYTE) + "';\nselect 2;\n");

        Outcome outcome = verbose("-f", script.toString());

        assertThat(outcome.err())
                .contains("ERROR:  53200: out of memory")
                .contains("DETAIL:  Failed on request of size " + (200 * MEGABYTE + "select '';".length() + 1) + ".");
        assertThat(outcome.out()).contains("2");
    }

    @Test
    void aRowOfManyValuesEndsTheSession() {
        String query = "select repeat('x', 10000000)" + ", repeat('x', 10000000)".repeat(60);

        Outcome outcome = verbose("-c", query, "-c", "select 2");

        assertThat(outcome.err()).contains("FATAL:  53200: out of memory");
        assertThat(outcome.status()).isNotZero();
        postmaster.awaitLog("FATAL:  out of memory");
    }

    private static Outcome verbose(String... arguments) {
        return postmaster.psql(Stream.concat(Stream.of("-v", "VERBOSITY=verbose", "-A", "-t"), Stream.of(arguments))
                .toArray(String[]::new));
    }
}
