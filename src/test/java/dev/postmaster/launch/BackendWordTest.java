package dev.postmaster.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backend says arrives as it was said. */
class BackendWordTest {
    @Test
    void waitingArrives() {
        assertThat(BackendWord.of(new BackendWord.Waits(70_000).toBytes())).isEqualTo(new BackendWord.Waits(70_000));
    }

    @Test
    void theVersionArrives() {
        assertThat(BackendWord.of(new BackendWord.Speaks(3, 2).toBytes())).isEqualTo(new BackendWord.Speaks(3, 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 32, 256})
    void aCancelArrivesWithAKeyOfAnyLength(int length) {
        byte[] key = new byte[length];
        key[length - 1] = 7;

        byte[] message = new BackendWord.Cancels(4711, key).toBytes();

        assertThat(message).hasSizeLessThanOrEqualTo(BackendWord.MAX_BYTES);
        assertThat(BackendWord.of(message)).isInstanceOfSatisfying(BackendWord.Cancels.class, cancel -> {
            assertThat(cancel.pid()).isEqualTo(4711);
            assertThat(cancel.key()).isEqualTo(key);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "w", "w123", "s1234567", "c1234", "?"})
    void anythingElseIsNoWord(String message) {
        assertThatThrownBy(() -> BackendWord.of(message.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
