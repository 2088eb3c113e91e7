package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The probe on a loop whose clock stands still until it is told to go. */
class LoopProbeTest {
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final List<Long> delays = new ArrayList<>();
    private long clock;

    LoopProbeTest() {
        loop.freezeTime();
        new LoopProbe(
                        loop.eventLoop(),
                        () -> clock,
                        nanos -> delays.add(Duration.ofNanos(nanos).toMillis()))
                .start();
    }

    @Test
    void aLoopInTimeHasNoDelay() {
        pass(100);
        pass(100);

        assertThat(delays).containsExactly(0L, 0L);
    }

    @Test
    void aPauseWeighsAsMuchAsItLasts() {
        pass(100);
        pass(450);

        assertThat(delays).containsExactly(0L, 350L, 250L, 150L, 50L);
    }

    /** The loop is busy with something else for so long, and looks at its timers then. */
    private void pass(long millis) {
        clock += Duration.ofMillis(millis).toNanos();
        loop.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        loop.runScheduledPendingTasks();
    }
}
