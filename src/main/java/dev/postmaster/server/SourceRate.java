package dev.postmaster.server;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many sessions a second one address may ask for ({@code connection_rate_per_source}); a Unix socket has no address. A
 * bucket for each address holds as many tokens as a second brings, so that a whole second's worth may come at once. No
 * more addresses are remembered than were let in within the last second.
 */
@OnLoop
final class SourceRate {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanos;
    /** When the bucket of an address will be full again; whoever was let in last is last. */
    private final Map<String, Long> fullAt = new LinkedHashMap<>();

    private int perSecond;

    /**
     * As the clock goes.
     *
     * @param nanos as {@link System#nanoTime}
     * @param perSecond 0 for no limit
     */
    SourceRate(LongSupplier nanos, int perSecond) {
        this.nanos = nanos;
        this.perSecond = perSecond;
    }

    void limit(int newPerSecond) {
        perSecond = newPerSecond;
    }

    /** Takes a token, if there is one. */
    boolean admits(RemoteAddress client) {
        if (perSecond == 0 || client.isLocal()) {
            return true;
        }
        long now = nanos.getAsLong();
        forgetTheFull(now);
        long token = SECOND / perSecond;
        Long full = fullAt.get(client.host());
        long missing = full == null ? 0 : Math.max(0, full - now);
        if (missing + token > SECOND) {
            return false;
        }
        fullAt.remove(client.host());
        fullAt.put(client.host(), now + missing + token);
        return true;
    }

    /** How many addresses it remembers. */
    int size() {
        return fullAt.size();
    }

    private void forgetTheFull(long now) {
        Iterator<Long> eldestFirst = fullAt.values().iterator();
        while (eldestFirst.hasNext() && eldestFirst.next() - now <= 0) {
            eldestFirst.remove();
        }
    }
}
