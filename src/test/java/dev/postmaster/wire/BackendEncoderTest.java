package dev.postmaster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.wire.BackendMessage.AuthenticationOk;
import dev.postmaster.wire.BackendMessage.CommandComplete;
import dev.postmaster.wire.BackendMessage.ReadyForQuery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendEncoderTest {
    private final List<Integer> writes = new ArrayList<>();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final BackendEncoder encoder = new BackendEncoder(new OutputStream() {
        @Override
        public void write(int single) {
            throw new AssertionError("one byte at a time");
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            writes.add(length);
            sent.write(bytes, from, length);
        }
    });

    @Test
    void manyMessagesAreOneWrite() throws IOException {
        encoder.send(new AuthenticationOk());
        encoder.send(new ReadyForQuery(TransactionStatus.IDLE));
        assertThat(writes).isEmpty();
        encoder.flush();
        assertThat(writes).containsExactly(9 + 6);
    }

    @Test
    void aFlushOfNothingWritesNothing() throws IOException {
        encoder.flush();
        assertThat(writes).isEmpty();
    }

    @Test
    void aGoodLoadIsWrittenWithoutWaiting() throws IOException {
        encoder.send(new CommandComplete("x".repeat(32 * 1024 - 7)));
        assertThat(writes).isEmpty();
        encoder.send(new CommandComplete(""));
        assertThat(writes).containsExactly(32 * 1024 + 5);
    }

    @Test
    void messagesOfAnySizeKeepTheirOrder() throws IOException {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int size = 0; size < 300_000; size = size * 3 + 1) {
            CommandComplete message = new CommandComplete("x".repeat(size));
            encoder.send(message);
            expected.writeBytes(BackendEncoder.encode(message));
        }
        encoder.flush();
        assertThat(sent.toByteArray()).isEqualTo(expected.toByteArray());
    }
}
