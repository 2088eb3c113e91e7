package dev.postmaster.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a listener of the log gets, and what it is told that it does not get. */
class LogBufferTest {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final LogFilter ALL = new LogFilter(Optional.empty(), Optional.empty(), Optional.empty());
    private static final String ERROR =
            "{\"pid\":7,\"error_severity\":\"ERROR\",\"message\":\"no\",\"backend_type\":\"client backend\"}";

    private final LogBuffer buffer = new LogBuffer(10);

    @Test
    void aBatchIsAllThatHasComeSinceTheLastOne() throws InterruptedException {
        buffer.accept("one");
        buffer.accept("two");

        assertThat(buffer.take(AT_ONCE)).isEqualTo(new LogBuffer.Batch(List.of("one", "two"), 0));
        assertThat(buffer.take(AT_ONCE).isEmpty()).isTrue();
    }

    @Test
    void whatHasNoRoomIsCountedAndSoIsAllThatFollows() throws InterruptedException {
        buffer.accept("123456");
        buffer.accept("12345");
        buffer.accept("1");

        assertThat(buffer.take(AT_ONCE)).isEqualTo(new LogBuffer.Batch(List.of("123456"), 2));

        buffer.accept("1234567890");
        assertThat(buffer.take(AT_ONCE)).isEqualTo(new LogBuffer.Batch(List.of("1234567890"), 0));
    }

    @Test
    void nobodyWaitsForAListenerThatHasLeft() throws InterruptedException {
        buffer.close();

        assertThat(buffer.take(Duration.ofDays(1)).isEmpty()).isTrue();
        assertThat(buffer.isClosed()).isTrue();
    }

    @Test
    void aRecordIsAnEventAndSoIsTheCountOfThoseThatAreMissing() {
        assertThat(LogStream.events(new LogBuffer.Batch(List.of(ERROR), 3), ALL))
                .isEqualTo("data: " + ERROR + "\n\nevent: dropped\ndata: {\"dropped\":3}\n\n");
    }

    @Test
    void whatIsNoRecordIsAMessage() {
        assertThat(LogStream.events(new LogBuffer.Batch(List.of("oops\rdata: {}"), 0), ALL))
                .isEqualTo("data: {\"message\":\"oops\\rdata: {}\"}\n\n");
    }

    @Test
    void aFilterLetsPassWhatItNames() {
        assertThat(passes(Map.of("level", "warning", "pid", "7", "kind", "backend")))
                .isTrue();
        assertThat(passes(Map.of("level", "fatal"))).isFalse();
        assertThat(passes(Map.of("pid", "8"))).isFalse();
        assertThat(passes(Map.of("kind", "checkpointer"))).isFalse();
    }

    private static boolean passes(Map<String, String> query) {
        LogFilter filter = LogFilter.of(new Asked(Endpoint.LOG, "", query));
        return !LogStream.events(new LogBuffer.Batch(List.of(ERROR), 0), filter).isEmpty();
    }
}
