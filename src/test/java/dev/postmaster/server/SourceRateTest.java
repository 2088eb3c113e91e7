package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code connection_rate_per_source}, by a clock of our own that begins shortly before it overflows. */
class SourceRateTest {
    private static final RemoteAddress ANN = new RemoteAddress("192.0.2.1", 50_000);
    private static final RemoteAddress BOB = new RemoteAddress("2001:db8::1", 50_000);

    private long now = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();
    private final SourceRate rate = new SourceRate(() -> now, 3);

    @Test
    void aSecondsWorthMayComeAtOnceAndThenOneAfterTheOther() {
        assertThat(admitted(ANN, 5)).isEqualTo(3);
        pass(Duration.ofMillis(334));
        assertThat(admitted(ANN, 2)).isEqualTo(1);
        pass(Duration.ofSeconds(10));
        assertThat(admitted(ANN, 5)).isEqualTo(3);
    }

    @Test
    void whoIsRefusedIsNotPunished() {
        for (int second = 0; second < 5; second++) {
            assertThat(admitted(ANN, 100)).isEqualTo(3);
            pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void eachAddressHasItsOwn() {
        assertThat(admitted(ANN, 4)).isEqualTo(3);
        assertThat(admitted(BOB, 4)).isEqualTo(3);
    }

    @Test
    void aUnixSocketHasNoAddress() {
        assertThat(admitted(RemoteAddress.of(null), 100)).isEqualTo(100);
    }

    @Test
    void zeroIsNoLimit() {
        rate.limit(0);
        assertThat(admitted(ANN, 100)).isEqualTo(100);
    }

    @Test
    void addressesAreForgottenAfterASecond() {
        for (int i = 0; i < 1000; i++) {
            assertThat(rate.admits(new RemoteAddress("192.0.2." + i, 1))).isTrue();
        }
        pass(Duration.ofSeconds(1));
        assertThat(rate.admits(ANN)).isTrue();
        assertThat(rate.size()).isEqualTo(1);
    }

    private int admitted(RemoteAddress client, int tries) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) {
            admitted += rate.admits(client) ? 1 : 0;
        }
        return admitted;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
