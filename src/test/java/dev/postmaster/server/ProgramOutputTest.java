package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.postmaster.os.Fd;
import dev.postmaster.os.FdOutput;
import dev.postmaster.os.Os;
import dev.postmaster.os.OsException;
import dev.postmaster.os.Pipe;
import dev.postmaster.report.LogFormat;
import dev.postmaster.report.LogSource;
import dev.postmaster.report.ProcessLog;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What programs say reaches the log in their names; a pipe stands for the program, and one for the log's reader. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProgramOutputTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PIPE_BYTES = 1 << 16;

    private final Os os = Os.open();
    private final Pipe logged = os.fds().pipe();
    private final ProcessLog log = new ProcessLog(
            new FdOutput(os.rawIo(), logged.writeEnd()),
            LogSource.of(1, "postmaster", Instant.EPOCH),
            LogFormat.DEFAULT.withLinePrefix("%p %b "),
            InstantSource.system());
    private final ProgramOutput output = new ProgramOutput(os, log, logged.writeEnd());
    private final StringBuilder said = new StringBuilder();
    private int linesSaid;

    @BeforeEach
    void start() {
        output.start();
    }

    @AfterEach
    void close() {
        output.end();
        logged.close();
    }

    @Test
    void everyLineIsLoggedInTheNameOfTheProgramThatSaidIt() {
        Fd one = program(4711, "client backend");
        Fd other = program(4712, "background worker");
        say(one, "first\nsec");
        say(other, "Exception in thread \"main\"\n\tat Main.main\n");
        say(one, "ond\n");
        assertThat(awaitLines(4))
                .containsExactlyInAnyOrder(
                        "4711 client backend LOG:  first",
                        "4711 client backend LOG:  second",
                        "4712 background worker LOG:  Exception in thread \"main\"",
                        "4712 background worker LOG:  \tat Main.main");
        one.close();
        other.close();
    }

    @Test
    void lastWordsWithoutAnEndAreKeptAndMarkedAndThePipeIsClosed() {
        Fd program = program(4711, "client backend");
        say(program, "Segmentation fau");
        program.close();
        assertThat(awaitLines(2))
                .containsExactly(
                        "4711 client backend LOG:  Segmentation fau",
                        "4711 client backend DETAIL:  This is a part of a line.");
        awaitSilence();
    }

    @Test
    void aLongLineIsLoggedInPiecesAndNothingIsMissing() {
        Fd program = program(4711, "x");
        var writer = CompletableFuture.runAsync(() -> say(program, "y".repeat(100_000) + "\n"));
        List<String> pieces = awaitLines(2 * (100_000 / (8 << 10)) + 1).stream()
                .filter(line -> line.contains("LOG:  "))
                .map(line -> line.substring("4711 x LOG:  ".length()))
                .toList();
        writer.join();
        assertThat(String.join("", pieces)).isEqualTo("y".repeat(100_000));
        program.close();
    }

    /** The loop logs into the same pipe, and must never find it full. */
    @Test
    void whoSaysMoreThanTheLogTakesWaitsAndNobodyElseDoes() {
        Fd program = program(4711, "x");
        int lines = 50_000;
        var writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < lines; i++) {
                say(program, "line " + i + "\n");
            }
        });
        while (os.fds().fill(logged.writeEnd()) < 0.2) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < 20; i++) {
            log.log("said by the loop");
        }
        assertThat(writer).isNotDone();
        List<String> all = awaitLines(lines + 20);
        writer.join();
        assertThat(all.stream().filter(line -> line.startsWith("4711 x LOG:  line ")))
                .hasSize(lines)
                .last()
                .isEqualTo("4711 x LOG:  line " + (lines - 1));
        assertThat(all.stream().filter("1 postmaster LOG:  said by the loop"::equals))
                .hasSize(20);
        program.close();
    }

    @Test
    void theEndWaitsForWhatWasSaidButNotForWhoKeepsThePipeOpen() {
        Fd program = program(4711, "x");
        say(program, "something\nand mor");
        output.end();
        assertThat(awaitLines(3)).startsWith("4711 x LOG:  something", "4711 x LOG:  and mor");
        assertThat(output.size()).isZero();
        program.close();
    }

    /** The kernel refuses to wait for a plain file, as it refuses a pipe when it is short of memory. */
    @Test
    void whatCannotBeListenedToIsClosedAndForgotten(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Fd plain = os.fds().append(file, 0600);
        Path descriptor = Path.of("/proc/self/fd/" + plain.number());

        assertThatThrownBy(() -> output.listen(LogSource.of(1, "x", Instant.EPOCH), plain))
                .isInstanceOf(OsException.class);

        assertThat(output.size()).isZero();
        assertThat(Files.exists(descriptor) && Files.isSameFile(descriptor, file))
                .as("it is still open")
                .isFalse();
    }

    @Test
    void aThousandProgramsLeaveNoDescriptor() {
        long before = descriptors();
        for (int i = 1; i <= 1_000; i++) {
            Fd program = program(i, "x");
            say(program, "I was here\n");
            program.close();
        }
        awaitLines(1_000);
        awaitSilence();
        // The JVM opens and closes a few of its own, whenever it likes.
        assertThat(descriptors()).isCloseTo(before, within(20L));
    }

    private Fd program(int pid, String backendType) {
        Pipe pipe = os.fds().pipe();
        output.listen(
                LogSource.of(pid, backendType, Instant.EPOCH), pipe.readEnd().take());
        return pipe.writeEnd();
    }

    private void say(Fd program, String text) {
        os.rawIo().writeFully(program, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the log until it has that many lines in all. */
    private List<String> awaitLines(int count) {
        byte[] bytes = new byte[PIPE_BYTES];
        while (linesSaid < count) {
            if (!os.rawIo().awaitReadable(logged.readEnd(), PATIENCE)) {
                throw new AssertionError("only said:\n" + said);
            }
            String more = new String(bytes, 0, os.rawIo().read(logged.readEnd(), bytes), StandardCharsets.UTF_8);
            said.append(more);
            linesSaid += (int) more.chars().filter(c -> c == '\n').count();
        }
        return said.toString().lines().toList();
    }

    private void awaitSilence() {
        while (output.size() > 0) {
            Thread.onSpinWait();
        }
    }

    private static long descriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }
}
