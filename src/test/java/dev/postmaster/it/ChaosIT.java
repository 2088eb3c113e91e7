package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Two minutes of chaos; {@code bin/test chaos --minutes 30 --seed 7} is the long form. Half of the seeds run under
 * PostgreSQL's crash rule.
 */
class ChaosIT {
    private static final int MINUTES = Integer.getInteger("chaos.minutes", 2);
    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime() % 1_000_000);

    @Test
    void noAcknowledgedCommitIsLostAndNothingLeaksWhateverHappens() throws Exception {
        boolean resetting = SEED % 2 != 0;
        System.out.printf(
                "chaos: seed %d, %d minutes, crash_scope=%s%n", SEED, MINUTES, resetting ? "reset" : "isolated");
        try (var system = new ChaosSystem(resetting)) {
            try (var chaos = new Chaos(system, SEED)) {
                chaos.run(Duration.ofMinutes(MINUTES));
                System.out.println("chaos: " + chaos.summary());
            }
            assertThat(system.shutDown()).isZero();
        }
    }
}
