package dev.postmaster.core;

import java.util.EnumMap;
import java.util.Map;

/**
 * The living children, counted from the decision to launch one until it is reaped or its launch has failed.
 *
 * @param living how many of each kind; a kind without children has no entry
 * @param walSenders how many of the backends have become walsenders (PM-61)
 */
public record Census(Map<ChildKind, Integer> living, int walSenders) {
    static final Census EMPTY = new Census(Map.of(), 0);

    /** Throws {@link IllegalArgumentException} for what cannot be, such as two checkpointers. */
    public Census {
        living = Map.copyOf(living);
        living.forEach((kind, count) -> {
            if (count < 1 || (count > 1 && !kind.isPlural())) {
                throw new IllegalArgumentException(count + " children of kind " + kind);
            }
        });
        if (walSenders < 0 || walSenders > living.getOrDefault(ChildKind.BACKEND, 0)) {
            throw new IllegalArgumentException(walSenders + " walsenders among " + living);
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
        return count(ChildKind.BACKEND) - walSenders;
    }

    /** Whether somebody is left of those who go in this wave. */
    public boolean hasAnyOf(StopWave wave) {
        if (wave == StopWave.ARCHIVAL && walSenders > 0) {
            return true;
        }
        return living.keySet().stream().anyMatch(kind -> kind.stopWave() == wave && hasMoreThanWalSenders(kind));
    }

    private boolean hasMoreThanWalSenders(ChildKind kind) {
        return kind != ChildKind.BACKEND || sessions() > 0;
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

    /** One of the backends has become a walsender. */
    Census withWalSender() {
        return new Census(living, walSenders + 1);
    }

    /** A walsender has left. */
    Census minusWalSender() {
        return new Census(living, walSenders - 1).minus(ChildKind.BACKEND);
    }

    private Census with(ChildKind kind, int count) {
        Map<ChildKind, Integer> changed = new EnumMap<>(ChildKind.class);
        changed.putAll(living);
        if (count == 0) {
            changed.remove(kind);
        } else {
            changed.put(kind, count);
        }
        return new Census(changed, walSenders);
    }
}
