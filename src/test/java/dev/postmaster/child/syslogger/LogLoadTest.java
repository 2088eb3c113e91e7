package dev.postmaster.child.syslogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postmaster.logpipe.ChunkAssembler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many processes, one pipe. {@code -Dlog.load.records=1000000} is the long form, which takes minutes, and
 * {@code -Dlog.load.kills=60} that of the kills by the clock.
 */
class LogLoadTest {
    private static final int WRITERS = 16;
    private static final int RECORDS = Integer.getInteger("log.load.records", 32_000) / WRITERS;

    /** How often the syslogger is killed that is killed once a second. */
    private static final int KILLS = Integer.getInteger("log.load.kills", 4);

    /** What a syslogger holds: a read, a chunk in the making, and the longest record of each writer. */
    private static final int INSIDE = ChunkAssembler.READ + (64 << 10) + WRITERS * (64 << 10);

    /** Bytes of the whole load, roughly: half a KiB a record, and half of 64 KiB for one in a hundred. */
    private static final long LOAD_BYTES = (long) RECORDS * WRITERS * 840;

    /** What a syslogger may write before it is killed. */
    private static final long LIFE_BYTES = Math.min(LOAD_BYTES / 8, 16 << 20);

    private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

    @TempDir
    Path directory;

    @BeforeAll
    static void needsANamedPipe() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "no mkfifo on this system");
    }

    @Test
    void nothingIsLostTornDoubledOrOutOfOrderAcrossFiftyFiles_LOG13() throws Exception {
        try (LogLoad load = new LogLoad(directory, Math.toIntExact(LOAD_BYTES / 60 / 1024))) {
            load.startWriters(WRITERS, RECORDS);
            load.awaitEnd();
            assertThat(load.files()).hasSizeGreaterThan(50);
            Found found = Found.in(load.files());
            assertThat(found.damaged).isZero();
            for (int writer = 0; writer < WRITERS; writer++) {
                assertThat(found.of(writer)).hasSize(RECORDS).isSorted().doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void aKilledSysloggerLosesWhatItHeldAndNobodyElseNotices_LOG8() throws Exception {
        try (LogLoad load = new LogLoad(directory, 0)) {
            load.startWriters(WRITERS, RECORDS);
            int kills = 0;
            while (load.isWriting()) {
                if (load.collectedInThisLife() >= LIFE_BYTES) {
                    load.killSysLogger();
                    kills++;
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
            load.awaitEnd();
            Found found = Found.in(load.files());
            assertThat(kills).isPositive();
            assertLossIsBounded(found, Collections.nCopies(WRITERS, RECORDS), kills);
        }
    }

    /** The same by the clock, however much it has written, while the writers write as fast as they can. */
    @Test
    void aSysloggerThatIsKilledEverySecondLosesWhatItHeldAndNobodyElseNotices_LOG8() throws Exception {
        try (LogLoad load = new LogLoad(directory, 0);
                var clock = Executors.newSingleThreadScheduledExecutor()) {
            load.startWriters(WRITERS, Integer.MAX_VALUE);
            load.awaitFirstRecords();
            while (load.collectedInThisLife() == 0) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            Callable<Void> kill = () -> {
                load.killSysLogger();
                return null;
            };
            List<Future<Void>> kills = new ArrayList<>();
            for (int second = 1; second <= KILLS; second++) {
                kills.add(clock.schedule(kill, second, TimeUnit.SECONDS));
            }
            for (Future<Void> done : kills) {
                done.get();
            }
            List<Integer> written = load.stopWriters();
            load.awaitEnd();
            assertThat(written).allMatch(records -> records > 0);
            assertLossIsBounded(Found.in(load.files()), written, KILLS);
        }
    }

    private static void assertLossIsBounded(Found found, List<Integer> written, int kills) {
        long lost = 0;
        for (int writer = 0; writer < WRITERS; writer++) {
            assertThat(found.of(writer)).isNotEmpty().isSorted().doesNotHaveDuplicates();
            lost += lostBytes(writer, found.of(writer), written.get(writer));
        }
        assertThat(lost).isLessThanOrEqualTo((long) kills * INSIDE);
        assertThat(found.damaged).as("records that were being put together").isLessThanOrEqualTo(kills * WRITERS);
    }

    private static long lostBytes(int writer, List<Integer> found, int written) {
        long lost = 0;
        int next = 0;
        for (int serial = 0; serial < written; serial++) {
            if (next < found.size() && found.get(next) == serial) {
                next++;
            } else {
                lost += new LoadRecord(writer, serial).line().length;
            }
        }
        return lost;
    }

    /** The whole records in some files, and how many are damaged. */
    private static final class Found {
        private final List<List<Integer>> serials = new ArrayList<>();
        private int damaged;

        /** No record begins in one file and ends in the next. */
        static Found in(List<Path> files) throws IOException {
            Found found = new Found();
            for (int i = 0; i < WRITERS; i++) {
                found.serials.add(new ArrayList<>());
            }
            for (Path file : files) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (int at = text.indexOf(LoadRecord.MARK); at >= 0; at = text.indexOf(LoadRecord.MARK, at + 1)) {
                    found.note(text, at);
                }
            }
            return found;
        }

        private void note(String text, int at) {
            int end = text.indexOf('\n', at);
            String[] words = text.substring(at + LoadRecord.MARK.length(), end < 0 ? text.length() : end)
                    .split(" ", 4);
            if (words.length < 4 || !isNumber(words[0]) || !isNumber(words[1])) {
                damaged++;
                return;
            }
            int writer = Integer.parseInt(words[0]);
            int serial = Integer.parseInt(words[1]);
            String whole = new String(new LoadRecord(writer, serial).line(), StandardCharsets.US_ASCII);
            if (text.startsWith(whole, at)) {
                serials.get(writer).add(serial);
            } else {
                damaged++;
            }
        }

        private static boolean isNumber(String word) {
            return !word.isEmpty() && word.length() < 9 && word.chars().allMatch(Character::isDigit);
        }

        List<Integer> of(int writer) {
            return serials.get(writer);
        }
    }
}
