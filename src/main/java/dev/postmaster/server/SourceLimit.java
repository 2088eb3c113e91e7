package dev.postmaster.server;

/** How many sessions one address may have ({@code max_connections_per_source}); a Unix socket has no address. */
@OnLoop
final class SourceLimit {
    private final ChildRegistry registry;
    private int limit;

    /** @param limit 0 for none */
    SourceLimit(ChildRegistry registry, int limit) {
        this.registry = registry;
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    void limit(int newLimit) {
        limit = newLimit;
    }

    boolean admits(RemoteAddress client) {
        return limit == 0 || client.isLocal() || registry.countFrom(client.host()) < limit;
    }
}
