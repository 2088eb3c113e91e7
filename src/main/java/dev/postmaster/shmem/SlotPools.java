package dev.postmaster.shmem;

import dev.postmaster.core.ChildKind;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which slots are free: the postmaster's own book, in its own heap, so that no child can damage it (PM-60). One free
 * list per kind, last in, first out (LN-4). It survives a crash reset, because the syslogger does. Owned by one thread.
 */
public final class SlotPools {
    private final Map<ChildKind, Deque<Integer>> free = new EnumMap<>(ChildKind.class);
    private final BitSet taken = new BitSet();
    private final ChildKind[] kinds;

    /** All slots free; the kinds follow each other in the order of the enum, numbers start at 1. */
    public SlotPools(PoolSizes sizes) {
        kinds = new ChildKind[sizes.total() + 1];
        int next = 1;
        for (ChildKind kind : ChildKind.values()) {
            Deque<Integer> pool = new ArrayDeque<>();
            for (int i = 0; i < sizes.of(kind); i++) {
                kinds[next] = kind;
                pool.addLast(next++);
            }
            free.put(kind, pool);
        }
    }

    /** Number of slots of all kinds. */
    public int size() {
        return kinds.length - 1;
    }

    /** A free slot of this kind, now taken; empty if there is none. */
    public OptionalInt take(ChildKind kind) {
        Integer slot = pool(kind).pollFirst();
        if (slot == null) {
            return OptionalInt.empty();
        }
        taken.set(slot);
        return OptionalInt.of(slot);
    }

    /** Returns a slot to the pool it came from. */
    public void giveBack(int slot) {
        if (!taken.get(slot)) {
            throw new IllegalStateException("slot " + slot + " is not taken");
        }
        taken.clear(slot);
        pool(kinds[slot]).addFirst(slot);
    }

    /** How many slots of this kind are left. */
    public int free(ChildKind kind) {
        return pool(kind).size();
    }

    private Deque<Integer> pool(ChildKind kind) {
        Deque<Integer> pool = free.get(kind);
        if (pool == null) {
            throw new IllegalStateException("no pool for " + kind);
        }
        return pool;
    }
}
