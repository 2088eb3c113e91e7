package dev.postmaster.child.syslogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full, under processes that really log. */
class FullDiskTest {
    private static final int DISK_MEGABYTES = 4;
    private static final int WRITERS = 4;
    private static final int TOO_MANY = 2000;
    private static final int FEW = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern LOSS =
            Pattern.compile("(?m)^.* \\[1] LOG:  (\\d+) bytes of log output could not be written and are lost\\n");

    @TempDir
    Path directory;

    @Test
    void whatTheDiskDoesNotTakeIsCountedToTheByteAndNobodyWaits_LOG17() throws Exception {
        Files.createDirectory(directory.resolve("log"));
        Optional<PrivateMounts> disk = PrivateMounts.smallDisk(directory.resolve("log"), DISK_MEGABYTES);
        assumeTrue(disk.isPresent(), "no right to mount a file system");
        try (PrivateMounts mounts = disk.get();
                LogLoad load = new LogLoad(directory, 0, mounts::inside)) {
            Path log = mounts.seen(directory.resolve("log"));
            Path ballast = log.resolve("ballast");
            Files.write(ballast, new byte[(DISK_MEGABYTES - 1) << 20]);
            load.startWriters(WRITERS, TOO_MANY);
            load.awaitWriters();
            Files.delete(ballast);
            load.startWriters(1, FEW);
            load.awaitWriters();
            long sent = bytes(WRITERS, TOO_MANY) + bytes(1, FEW);
            await(() -> Books.of(collected(log)).total() >= sent);
            Books books = Books.of(collected(log));
            assertThat(books.lost()).isGreaterThan(sent / 4);
            // The one byte is the line end behind a line of which the disk took only the beginning.
            assertThat(books.total()).isLessThanOrEqualTo(sent + 1);
            load.awaitEnd();
        }
    }

    private static long bytes(int writers, int records) {
        long bytes = 0;
        for (int writer = 0; writer < writers; writer++) {
            for (int serial = 0; serial < records; serial++) {
                bytes += new LoadRecord(writer, serial).line().length;
            }
        }
        return bytes;
    }

    private static String collected(Path log) {
        try (var files = Files.list(log)) {
            StringBuilder text = new StringBuilder();
            for (Path file : files.sorted().toList()) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return text.toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /**
     * What became of the bytes that were sent.
     *
     * @param kept bytes in the files, without what the syslogger itself says there
     * @param lost what it says it has lost
     */
    private record Books(long kept, long lost) {
        long total() {
            return kept + lost;
        }

        static Books of(String text) {
            long own = 0;
            long lost = 0;
            Matcher report = LOSS.matcher(text);
            while (report.find()) {
                own += report.group().length();
                lost += Long.parseLong(report.group(1));
            }
            return new Books(text.length() - own, lost);
        }
    }
}
