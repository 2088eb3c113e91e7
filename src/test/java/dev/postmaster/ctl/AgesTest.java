package dev.postmaster.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T17:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 0s", "59, 59s", "60, 1m00s", "3599, 59m59s", "3720, 1h02m", "86399, 23h59m", "273600, 3d04h"})
    void twoUnitsAtMost(long seconds, String text) {
        assertThat(Ages.of(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @Test
    void aTimeIsToldWithItsAge() {
        assertThat(Ages.since("2026-11-22T16:58:00.5Z", NOW)).isEqualTo("2026-11-22 16:58:00 UTC (1m59s ago)");
        assertThat(Ages.since("?", NOW)).isEqualTo("?");
    }

    @Test
    void anEventIsToldBeforeItsTime() {
        assertThat(Ages.event("2026-11-22T16:59:48Z PID 7 died", NOW)).isEqualTo("PID 7 died, 12s ago");
        assertThat(Ages.event("2026-11-22T17:00:02.5Z the end", NOW)).isEqualTo("the end, in 3s");
        assertThat(Ages.event("none", NOW)).isEqualTo("none");
        assertThat(Ages.event("no time", NOW)).isEqualTo("no time");
    }
}
