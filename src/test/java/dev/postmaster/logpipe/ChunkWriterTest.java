package dev.postmaster.logpipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkWriterTest {
    private static final int MAX_PAYLOAD = 4087;

    private final List<byte[]> writes = new ArrayList<>();
    private final OutputStream pipe = new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            byte[] copy = new byte[length];
            System.arraycopy(bytes, from, copy, 0, length);
            writes.add(copy);
        }
    };
    private final ChunkWriter writer = new ChunkWriter(pipe, 0x01020304);

    @ParameterizedTest
    @CsvSource({"TEXT,11", "CSV,21", "JSON,41"})
    void aShortRecordIsOneChunk_LOG9(RecordForm form, String flags) {
        writer.write(form, "hi\n".getBytes(StandardCharsets.US_ASCII));
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        String expected = little ? "0000" + "0300" + "04030201" : "0000" + "0003" + "01020304";
        assertThat(writes).hasSize(1);
        assertThat(HexFormat.of().formatHex(writes.getFirst())).isEqualTo(expected + flags + "68690a");
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "4086,1,4086", "4087,1,4087", "4088,2,1", "8174,2,4087", "8175,3,1", "65536,17,144"})
    void onlyTheLastChunkSaysThatItIsTheLast_LOG10(int size, int chunks, int lastLength) {
        writer.write(RecordForm.TEXT, new byte[size]);
        assertThat(writes).hasSize(chunks);
        for (int i = 0; i < chunks; i++) {
            ByteBuffer chunk = ByteBuffer.wrap(writes.get(i)).order(ByteOrder.nativeOrder());
            boolean last = i == chunks - 1;
            assertThat(chunk.getShort(2)).isEqualTo((short) (last ? lastLength : MAX_PAYLOAD));
            assertThat(chunk.get(8)).isEqualTo((byte) (last ? 0x11 : 0x10));
            assertThat(chunk.capacity()).isLessThanOrEqualTo(4096);
        }
    }

    @Test
    void anEmptyRecordIsNoChunk_LOG9() {
        writer.write(RecordForm.TEXT, new byte[0]);
        assertThat(writes).isEmpty();
    }

    @Test
    void aPipeThatNobodyReadsIsNoError_LOG10() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThatCode(() -> new ChunkWriter(broken, 1).write(RecordForm.TEXT, new byte[9]))
                .doesNotThrowAnyException();
    }
}
