package dev.postmaster.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcStatTest {
    private static final String AFTER_NAME = " Z 1 4711 4711 0 -1 4228108 0 0 0 0 0 0 0 0 20 0 1 0 12345 0 0";

    @Test
    void theAgeIsUptimeLessStartTime() {
        ProcStat stat = ProcStat.parse("4711 (sleep)" + AFTER_NAME, "125.00 999.99\n");
        assertThat(stat).isEqualTo(new ProcStat("sleep", 'Z', 1, Duration.ofMillis(1_550)));
    }

    @Test
    void aNameMayLookLikeTheRestOfTheLine() {
        assertThat(ProcStat.parse("4711 (a) Z 1 (b)" + AFTER_NAME, "125.00 1\n").command())
                .isEqualTo("a) Z 1 (b");
    }

    @Test
    void aContainersOwnUptimeDoesNotMakeAnAgeNegative() {
        assertThat(ProcStat.parse("4711 (sleep)" + AFTER_NAME, "3.00 1\n").age())
                .isZero();
    }

    @Test
    void nothingIsKnownOfAProcessThatIsGone() {
        assertThat(ProcStat.of(Integer.MAX_VALUE)).isEqualTo(new ProcStat("", '?', 0, Duration.ZERO));
    }
}
