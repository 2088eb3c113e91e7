package dev.postmaster.core;

import java.util.EnumMap;
import java.util.Map;

/**
 * The living children, counted from the decision to launch one until it is reaped or its launch has failed.
 *
 * @param living how many of each kind; a kind without children has no entry
 * @param walSenders how many of the backends have become walsenders (PM-61)
 * @param starting how many of the backends are spares that start
 * @param waiting how many of the backends are spares that wait for a client
 * @param passedOver how many of the backends were spares, and are given nobody
 */
public record Census(Map<ChildKind, Integer> living, int walSenders, int starting, int waiting, int passedOver) {
    static final Census EMPTY = new Census(Map.of(), 0, 0, 0, 0);

    /** Throws {@link IllegalArgumentException} for what cannot be, such as two checkpointers. */
    public Census {
        living = Map.copyOf(living);
        living.forEach((kind, count) -> {
            if (count < 1 || (count > 1 && !kind.isPlural())) {
                throw new IllegalArgumentException(count + " children of kind " + kind);
            }
        });
        int others = walSenders + starting + waiting + passedOver;
        boolean negative = walSenders < 0 || starting < 0 || waiting < 0 || passedOver < 0;
        if (negative || others > living.getOrDefault(ChildKind.BACKEND, 0)) {
            throw new IllegalArgumentException(walSenders + " walsenders, " + starting + " + " + waiting + " + "
                    + passedOver + " spares among " + living);
        }
    }

    public int count(ChildKind kind) {
        return living.getOrDefault(kind, 0);
    }

    public boolean has(ChildKind kind) {
        return living.containsKey(kind);
    }

    /** The backends that serve a client and are no walsenders. */
    public int sessions() {
        return clients() - walSenders;
    }

    /** The backends that have somebody to serve. */
    public int clients() {
        return count(ChildKind.BACKEND) - withoutClient();
    }

    /** The backends that have no client yet, and may get one. */
    public int spares() {
        return starting + waiting;
    }

    /** The backends that have no client. */
    int withoutClient() {
        return spares() + passedOver;
    }

    /** Whether somebody is left of those who go in this wave. */
    public boolean hasAnyOf(StopWave wave) {
        if (wave == StopWave.ARCHIVAL && walSenders > 0) {
            return true;
        }
        return living.keySet().stream().anyMatch(kind -> kind.stopWave() == wave && hasMoreThanWalSenders(kind));
    }

    private boolean hasMoreThanWalSenders(ChildKind kind) {
        return kind != ChildKind.BACKEND || count(kind) > walSenders;
    }

    /** Whether nobody is left whom the end has to wait for, so at most the syslogger. */
    public boolean isDeserted() {
        return living.keySet().stream().allMatch(kind -> kind.stopWave() == StopWave.NEVER);
    }

    Census plus(ChildKind kind) {
        return with(kind, count(kind) + 1);
    }

    Census minus(ChildKind kind) {
        return with(kind, count(kind) - 1);
    }

    /** A child has left that was there for this. */
    Census minus(ChildKind kind, BackendRole role) {
        return plus(role, -1).minus(kind);
    }

    /** One of the backends with a client has become a walsender. */
    Census withWalSender() {
        return plus(BackendRole.WAL_SENDER, 1);
    }

    /** A backend without a client is being launched. */
    Census plusSpare() {
        return plus(ChildKind.BACKEND).plus(BackendRole.STARTING, 1);
    }

    /** A backend that was there for one thing is there for another now. */
    Census moved(BackendRole from, BackendRole to) {
        return moved(from, to, 1);
    }

    Census moved(BackendRole from, BackendRole to, int count) {
        return plus(from, -count).plus(to, count);
    }

    private Census plus(BackendRole role, int change) {
        return switch (role) {
            case SESSION -> this;
            case WAL_SENDER -> new Census(living, walSenders + change, starting, waiting, passedOver);
            case STARTING -> new Census(living, walSenders, starting + change, waiting, passedOver);
            case WAITING -> new Census(living, walSenders, starting, waiting + change, passedOver);
            case PASSED_OVER -> new Census(living, walSenders, starting, waiting, passedOver + change);
        };
    }

    private Census with(ChildKind kind, int count) {
        Map<ChildKind, Integer> changed = new EnumMap<>(ChildKind.class);
        changed.putAll(living);
        if (count == 0) {
            changed.remove(kind);
        } else {
            changed.put(kind, count);
        }
        return new Census(changed, walSenders, starting, waiting, passedOver);
    }
}
