package dev.postmaster.logpipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkAssemblerTest {
    /** Seconds of random input; the long form of issue 4 takes 600. */
    private static final Duration FUZZING = Duration.ofSeconds(Integer.getInteger("log.fuzz.seconds", 1));

    private final Received received = new Received();
    private final ChunkAssembler assembler = new ChunkAssembler(received);

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 10, 11, 4096, 4097, 65_536, ChunkAssembler.READ})
    void recordsComeOutWholeHoweverTheyWereRead_LOG12(int step) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ByteArrayOutputStream pipe = new ByteArrayOutputStream();
        ChunkWriter writer = new ChunkWriter(pipe, 42);
        for (int size : new int[] {1, 4086, 4087, 4088, 8174, 8175, 70_000}) {
            byte[] record = record(size);
            sent.writeBytes(record);
            writer.write(RecordForm.CSV, record);
        }
        feed(pipe.toByteArray(), step);
        assertThat(received.events).hasSize(7).allMatch(event -> event.startsWith("42 CSV "));
        assertThat(received.bytes.toByteArray()).isEqualTo(sent.toByteArray());
    }

    @Test
    void interleavedSendersAreKeptApartByTheirPid_LOG13() {
        byte[] first = chunks(7, "a".repeat(5000));
        byte[] second = chunks(8, "b".repeat(5000));
        feed(Arrays.copyOfRange(first, 0, 4096), 4096);
        feed(Arrays.copyOfRange(second, 0, 4096), 4096);
        feed(Arrays.copyOfRange(first, 4096, first.length), 4096);
        feed(Arrays.copyOfRange(second, 4096, second.length), 4096);
        assertThat(received.events).containsExactly("7 TEXT " + "a".repeat(5000), "8 TEXT " + "b".repeat(5000));
    }

    @Test
    void theLastChunkNamesTheDestination_LOG13() {
        byte[] both = chunks(7, "x".repeat(4088));
        both[4096 + 8] = 0x41;
        feed(both, both.length);
        assertThat(received.events).containsExactly("7 JSON " + "x".repeat(4088));
    }

    @Test
    void otherFlagsAreIgnoredButTwoDestinationsAreNone_LOG11() {
        byte[] chunk = chunks(7, "hello");
        chunk[8] = (byte) 0x91;
        feed(chunk, chunk.length);
        chunk[8] = 0x31;
        feed(chunk, chunk.length);
        assembler.end();
        assertThat(received.events.getFirst()).isEqualTo("7 TEXT hello");
        assertThat(received.events)
                .hasSizeGreaterThan(1)
                .filteredOn(event -> event.contains("TEXT"))
                .hasSize(1);
    }

    @Test
    void foreignTextBetweenChunksIsKeptTogether_LOG14() {
        ByteArrayOutputStream pipe = new ByteArrayOutputStream();
        pipe.writeBytes(ascii("Exception in thread main\n\tat somewhere\n"));
        pipe.writeBytes(chunks(7, "hello"));
        feed(pipe.toByteArray(), 8192);
        assertThat(received.events)
                .containsExactly("foreign Exception in thread main\n\tat somewhere\n", "7 TEXT hello");
    }

    @Test
    void aStrayNulCostsOneByteAndNoChunk_LOG14() {
        ByteArrayOutputStream pipe = new ByteArrayOutputStream();
        pipe.write(0);
        pipe.writeBytes(chunks(7, "hello"));
        feed(pipe.toByteArray(), 8192);
        assertThat(received.events).containsExactly("foreign \0", "7 TEXT hello");
    }

    @Test
    void fewerThanTenBytesWaitForMore_LOG14() {
        feed(ascii("last word"), 9);
        assertThat(received.events).isEmpty();
        assembler.end();
        assertThat(received.events).containsExactly("foreign last word");
    }

    @Test
    void atTheEndNothingThatWaitedIsForgotten_LOG15() {
        byte[] cut = chunks(7, "a".repeat(5000));
        feed(Arrays.copyOfRange(cut, 0, 4500), 4500);
        assembler.end();
        assertThat(received.events).hasSize(2);
        assertThat(received.events.getFirst()).isEqualTo("7 fragment " + "a".repeat(4087));
        assertThat(received.bytes.size()).isEqualTo(4087 + 404);
    }

    @Test
    void aSenderWithoutEndCannotFillTheMemory() {
        byte[] chunk = Arrays.copyOfRange(chunks(7, "a".repeat(5000)), 0, 4096);
        for (int sent = 0; sent <= ChunkAssembler.MAX_PARTIAL; sent += 4087) {
            feed(chunk, chunk.length);
        }
        assertThat(received.events).hasSize(1);
        assertThat(received.events.getFirst()).startsWith("7 fragment ");
    }

    /** Ten bytes of each of them: what they cost is more than what they say. */
    @Test
    void manySendersWithoutEndCannotFillTheMemoryAndTheOldestIsGivenUpFirst() {
        byte[] chunk = Arrays.copyOf(chunks(1, "0123456789"), 19);
        int senders = 500_000;
        for (int pid = 1; pid <= senders; pid++) {
            Chunk.putHeader(Chunk.view(chunk), 10, pid, RecordForm.TEXT.flag());
            feed(chunk, chunk.length);
        }
        int given = received.events.size();
        assertThat(received.events.getFirst()).isEqualTo("1 fragment 0123456789");
        assertThat(received.events.getLast()).isEqualTo(given + " fragment 0123456789");
        int kept = senders - given;
        assertThat(kept).isBetween(1000, ChunkAssembler.MAX_PARTIALS / 128);
        assembler.end();
        assertThat(received.events).hasSize(senders);
    }

    /** Random bytes, of which many look like headers: nothing is lost, nothing comes twice, nothing breaks. */
    @Test
    void anythingCanComeOutOfThePipe_LOG14() {
        long end = System.nanoTime() + FUZZING.toNanos();
        for (long seed = 0; System.nanoTime() < end; seed++) {
            fuzz(new Random(seed), seed);
        }
    }

    private static void fuzz(Random random, long seed) {
        Received received = new Received();
        ChunkAssembler assembler = new ChunkAssembler(received);
        int fed = 0;
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[random.nextInt(1, 9000)];
            random.nextBytes(bytes);
            for (int k = 0; k + 9 < bytes.length; k += random.nextInt(9, 3000)) {
                Chunk.putHeader(
                        Chunk.view(bytes).slice(k, 9).order(ByteOrder.nativeOrder()),
                        random.nextInt(5000),
                        random.nextInt(4),
                        random.nextInt(256));
            }
            assembler.space().put(bytes);
            assembler.digest();
            fed += bytes.length;
        }
        assembler.end();
        // Nothing but headers is missing: 9 bytes for at most every 10.
        assertThat(received.bytes.size()).as("seed " + seed).isBetween(fed / 10, fed);
    }

    private void feed(byte[] bytes, int step) {
        for (int at = 0; at < bytes.length; at += step) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + step));
            assembler.space().put(part);
            assembler.digest();
        }
    }

    private static byte[] chunks(int pid, String record) {
        ByteArrayOutputStream pipe = new ByteArrayOutputStream();
        new ChunkWriter(pipe, pid).write(RecordForm.TEXT, ascii(record));
        return pipe.toByteArray();
    }

    private static byte[] record(int size) {
        byte[] record = new byte[size];
        new Random(size).nextBytes(record);
        return record;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
