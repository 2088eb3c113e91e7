package dev.postmaster.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.logpipe.ChunkAssembler;
import dev.postmaster.logpipe.RecordForm;
import dev.postmaster.os.Fd;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pipe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pipe that nobody reads, unless the test does. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogBacklogTest {
    private static final int PID = 4711;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Os os = Os.open();
    private final Pipe pipe = os.fds().pipe();
    private final LogBacklog backlog = new LogBacklog(os.rawIo(), ownEnd(), PID, this::tell);
    private final List<String> found = new ArrayList<>();

    @AfterEach
    void close() {
        backlog.end(Duration.ZERO);
        pipe.close();
    }

    @Test
    void whatFindsThePipeFullFollowsWhenThereIsRoomInItsOrder() {
        backlog.start();
        List<String> records = records(1000); // 1 MB, and the pipe has 64 KiB
        records.forEach(this::log);
        assertThat(read(records.size())).isEqualTo(records);
        assertThat(backlog.dropped()).isZero();
    }

    @Test
    void aRecordOfManyChunksArrivesWholeAlthoughThePipeTookOnlyItsBeginning() {
        backlog.start();
        String large = "large ".repeat(100_000).strip();
        log(large);
        log("and the next");
        assertThat(read(2)).containsExactly(large, "and the next");
    }

    @Test
    void whatIsTooMuchIsDroppedAndTheNumberIsToldBehindWhatWasKept() {
        backlog.start();
        List<String> records = records(6000);
        records.forEach(this::log);
        int dropped = Math.toIntExact(backlog.dropped());
        assertThat(dropped).isBetween(1, 3000);
        int kept = records.size() - dropped;
        assertThat(read(kept + 1)).startsWith(records.getFirst()).endsWith(dropped + " dropped");
        assertThat(found.subList(0, kept)).isEqualTo(records.subList(0, kept));
        log("there is room");
        assertThat(read(1)).containsExactly("there is room");
        assertThat(backlog.dropped()).as("all in all").isEqualTo(dropped);
    }

    @Test
    void whatNobodyHasReadWhenItEndsIsGivenBackInOneForm() {
        backlog.start();
        List<String> records = records(200);
        records.forEach(record -> {
            log(record);
            backlog.write(RecordForm.JSON, "{}\n".getBytes(US_ASCII));
        });
        String rest = new String(backlog.end(Duration.ofMillis(1)), US_ASCII);
        assertThat(rest).endsWith(records.getLast() + "\n").doesNotContain("{}");
        pipe.writeEnd().close();
        read(Integer.MAX_VALUE);
        assertThat(found).as("the beginning is in the pipe").startsWith(records.getFirst());
        assertThat(rest.lines().filter(line -> !found.contains(line)).count() + found.size())
                .as("nothing is lost between the two")
                .isGreaterThanOrEqualTo(records.size());
    }

    @Test
    void standardErrorTakesTheSameWay() throws IOException {
        backlog.start();
        log("a record");
        backlog.plain().write("a warning\n".getBytes(US_ASCII));
        log("another");
        assertThat(read(3)).containsExactly("a record", "a warning", "another");
    }

    private Fd ownEnd() {
        Fd end = os.fds().append(Path.of("/proc/self/fd/" + pipe.writeEnd().number()), 0);
        os.fds().setNonBlocking(end, true);
        return end;
    }

    private void tell(long dropped) {
        log(dropped + " dropped");
    }

    private void log(String record) {
        backlog.write(RecordForm.TEXT, (record + "\n").getBytes(US_ASCII));
    }

    private static List<String> records(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> i + " " + "x".repeat(1000))
                .toList();
    }

    /** Reads until so many more records have come, or the pipe ends, and returns them. */
    private List<String> read(int count) {
        int before = found.size();
        var assembler = new ChunkAssembler(new Finder());
        byte[] bytes = new byte[1 << 16];
        while (found.size() - before < count && os.rawIo().awaitReadable(pipe.readEnd(), PATIENCE)) {
            int length = os.rawIo().read(pipe.readEnd(), bytes);
            if (length == 0) {
                break;
            }
            assembler.space().put(bytes, 0, length);
            assembler.digest();
        }
        return List.copyOf(found.subList(before, found.size()));
    }

    private final class Finder implements ChunkAssembler.Receiver {
        @Override
        public void record(int pid, RecordForm form, ByteBuffer bytes) {
            if (form == RecordForm.TEXT) {
                found.add(US_ASCII.decode(bytes).toString().stripTrailing());
            }
        }

        @Override
        public void fragment(int pid, ByteBuffer bytes) {
            throw new AssertionError("torn");
        }

        @Override
        public void foreign(ByteBuffer bytes) {
            found.add(US_ASCII.decode(bytes).toString().stripTrailing());
        }
    }
}
