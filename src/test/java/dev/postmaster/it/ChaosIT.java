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
    void noAcknowledgedCommitIsLostAndNothingLeaksWhateverIsKilled() throws Exception {
        boolean resetting = SEED % 2 != 0;
        String scope = resetting ? "reset" : "isolated";
        System.out.printf("chaos: seed %d, %d minutes, crash_scope=%s%n", SEED, MINUTES, scope);
        try (var postmaster = RunningPostmaster.start("crash_scope=" + scope, "crash_restart_limit=0")) {
            try (var chaos = new Chaos(postmaster, resetting, SEED)) {
                chaos.run(Duration.ofMinutes(MINUTES));
                System.out.println("chaos: " + chaos.summary());
            }
            postmaster.signal("INT");

            assertThat(postmaster.awaitExit()).isZero();
            assertThat(postmaster.log()).noneMatch(line -> line.contains("PANIC:"));
        }
    }
}
