package dev.postmaster.server;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Measures how late the loop does what is due. The times that fall into a pause are not left out but all measured when
 * it is over, so that a pause of a second weighs as much as the ten times at which somebody could have waited for its end.
 */
@OnLoop
@SuppressWarnings("FutureReturnValueIgnored") // it ends with the loop
final class LoopProbe {
    private static final long PERIOD = Duration.ofMillis(100).toNanos();

    private final EventLoop loop;
    private final LongSupplier clock;
    private final LongConsumer delay;
    private long due;

    /**
     * @param clock in nanoseconds, going at the pace of the loop's own
     * @param delay told of each, in nanoseconds
     */
    LoopProbe(EventLoop loop, LongSupplier clock, LongConsumer delay) {
        this.loop = loop;
        this.clock = clock;
        this.delay = delay;
    }

    void start() {
        due = clock.getAsLong() + PERIOD;
        loop.scheduleAtFixedRate(this::look, PERIOD, PERIOD, TimeUnit.NANOSECONDS);
    }

    private void look() {
        delay.accept(Math.max(0, clock.getAsLong() - due));
        due += PERIOD;
    }
}
