package dev.postmaster.os;

import static dev.postmaster.os.RawIo.PIPE_BUF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postmaster.core.Sig;
import dev.postmaster.os.RawIo.Peek;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PosixRawIoTest {
    private static final Duration FOR_EVER = Duration.ofMillis(-1);

    private final Os os = Os.open();
    private final RawIo io = os.rawIo();
    private final Pipe pipe = os.fds().pipe();

    @AfterEach
    void close() {
        pipe.close();
    }

    @Test
    void aLargeWriteContinuesUntilAllIsWritten() {
        byte[] sent = new byte[1_000_000];
        new Random(1).nextBytes(sent);
        var writer = CompletableFuture.runAsync(() -> {
            io.writeFully(pipe.writeEnd(), sent);
            pipe.writeEnd().close();
        });
        byte[] received = new byte[sent.length];
        byte[] buffer = new byte[9_999];
        int total = 0;
        for (int count = io.read(pipe.readEnd(), buffer); count > 0; count = io.read(pipe.readEnd(), buffer)) {
            System.arraycopy(buffer, 0, received, total, count);
            total += count;
        }
        writer.join();
        assertThat(received).isEqualTo(sent);
    }

    @Test
    void writeOnceIsOneCallEvenIfOnlyAPartFits() {
        os.fds().setNonBlocking(pipe.writeEnd(), true);
        int capacity = io.writeOnce(pipe.writeEnd(), new byte[1_000_000], 1_000_000);
        assertThat(capacity).isBetween(PIPE_BUF, 999_999);
        assertThatExceptionOfType(OsException.class)
                .isThrownBy(() -> io.writeOnce(pipe.writeEnd(), new byte[1], 1))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EAGAIN));
    }

    @Test
    void writesOfUpToPipeBufAreNeverMixed() {
        int writers = 4;
        int each = 200;
        for (int writer = 0; writer < writers; writer++) {
            byte[] record = new byte[PIPE_BUF];
            Arrays.fill(record, (byte) ('a' + writer));
            Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    io.writeOnce(pipe.writeEnd(), record, record.length);
                }
            });
        }
        byte[] record = new byte[PIPE_BUF];
        for (int i = 0; i < writers * each; i++) {
            assertThat(io.read(pipe.readEnd(), record)).isEqualTo(PIPE_BUF);
            byte first = record[0];
            for (byte letter : record) {
                assertThat(letter).isEqualTo(first);
            }
        }
    }

    @Test
    void theOtherSideIsThereUntilItsLastDescriptorIsClosed() {
        os.fds().setNonBlocking(pipe.readEnd(), true);
        assertThat(io.tryRead(pipe.readEnd())).isEqualTo(Peek.NOTHING);
        io.writeFully(pipe.writeEnd(), new byte[] {1});
        assertThat(io.tryRead(pipe.readEnd())).isEqualTo(Peek.BYTE);
        assertThat(io.tryRead(pipe.readEnd())).isEqualTo(Peek.NOTHING);
        pipe.writeEnd().close();
        assertThat(io.tryRead(pipe.readEnd())).isEqualTo(Peek.END_OF_FILE);
    }

    @Test
    void writingWithNobodyToReadIsAnErrorAndNotASignal() {
        pipe.readEnd().close();
        assertThatExceptionOfType(OsException.class)
                .isThrownBy(() -> io.writeFully(pipe.writeEnd(), new byte[1]))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EPIPE));
    }

    @Test
    void waitingEndsWithTheTimeWithAByteAndWithTheEndOfTheFile() {
        long start = System.nanoTime();
        assertThat(io.awaitReadable(pipe.readEnd(), Duration.ofMillis(50))).isFalse();
        assertThat(System.nanoTime() - start).isGreaterThan(45_000_000L);
        io.writeFully(pipe.writeEnd(), new byte[1]);
        assertThat(io.awaitReadable(pipe.readEnd(), FOR_EVER)).isTrue();
        io.read(pipe.readEnd(), new byte[1]);
        pipe.writeEnd().close();
        assertThat(io.awaitReadable(pipe.readEnd(), FOR_EVER)).isTrue();
    }

    /** With the JVM's own suspend signal, whose handler does nothing when nobody asked for a suspension. */
    @Test
    void aSignalDoesNotEndAWait() {
        CompletableFuture<Integer> waiting = new CompletableFuture<>();
        var wait = CompletableFuture.supplyAsync(() -> {
            waiting.complete(os.thisProcess().threadId());
            return io.awaitReadable(pipe.readEnd(), FOR_EVER);
        });
        CFunction tgkill = CFunction.named("tgkill");
        for (int i = 0; i < 10_000; i++) {
            tgkill.toInt(os.thisProcess().pid(), waiting.join(), Sig.USR2.number());
        }
        assertThat(wait).isNotDone();
        io.writeFully(pipe.writeEnd(), new byte[1]);
        assertThat(wait.join()).isTrue();
    }
}
