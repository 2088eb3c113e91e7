package dev.postmaster.shmem;

import dev.postmaster.core.ChildKind;

/**
 * How many slots each kind of child has to itself, so that many clients cannot starve workers (LN-4). Backends have
 * twice their limit, because the exact limit is enforced only when a client is authenticated; a kind of which there is
 * one at a time has one.
 *
 * @param backends {@code max_connections + max_wal_senders}
 * @param autovacuumWorkers {@code autovacuum_max_workers}
 * @param workers {@code max_worker_processes}
 */
public record PoolSizes(int backends, int autovacuumWorkers, int workers) {
    private static final int AUTHENTICATING_FACTOR = 2;

    /** Slots of this kind. */
    public int of(ChildKind kind) {
        return switch (kind) {
            case BACKEND -> AUTHENTICATING_FACTOR * backends;
            case AV_WORKER -> autovacuumWorkers;
            case BGWORKER -> workers;
            case AV_LAUNCHER, SYSLOGGER, STARTUP, BGWRITER, ARCHIVER, CHECKPOINTER, WAL_WRITER, WAL_RECEIVER -> 1;
        };
    }

    /** Slots of all kinds together. */
    public int total() {
        int total = 0;
        for (ChildKind kind : ChildKind.values()) {
            total += of(kind);
        }
        return total;
    }
}
