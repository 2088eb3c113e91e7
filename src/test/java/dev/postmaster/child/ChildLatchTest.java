package dev.postmaster.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.Sig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PostgreSQL's latch: nothing is lost between two waits. */
@Timeout(30)
class ChildLatchTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final ChildLatch latch = new ChildLatch();

    @Test
    void whatHappenedBeforeTheWaitEndsItAtOnce() throws Exception {
        latch.set(Sig.HUP);
        latch.set(Sig.TERM);
        latch.set(Sig.HUP);
        assertThat(latch.await(LONG)).containsExactly(Sig.HUP, Sig.TERM);
        assertThat(latch.await(Duration.ZERO)).isEmpty();
    }

    @Test
    void anotherThreadEndsTheWait() throws Exception {
        Thread signals = Thread.ofPlatform().start(() -> latch.set(Sig.USR2));
        assertThat(latch.await(LONG)).containsExactly(Sig.USR2);
        signals.join();
    }

    @Test
    void aPlainWakeUpHasNoReason() throws Exception {
        latch.set();
        assertThat(latch.await(LONG)).isEmpty();
    }
}
