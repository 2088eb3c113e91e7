package dev.postmaster.core;

import java.util.EnumMap;
import java.util.Map;

/**
 * How often in a row something went wrong: a child that could not be launched or ended too soon, a crash of the system.
 * A healthy while makes it forgotten.
 *
 * @param ofKinds of each kind of child; a kind without setbacks has no entry
 * @param crashes times that the system started over
 */
public record Setbacks(Map<ChildKind, Integer> ofKinds, int crashes) {
    static final Setbacks NONE = new Setbacks(Map.of(), 0);

    public Setbacks {
        ofKinds = Map.copyOf(ofKinds);
    }

    int of(ChildKind kind) {
        return ofKinds.getOrDefault(kind, 0);
    }

    /** One more, but never more than {@code most}. */
    Setbacks plus(ChildKind kind, int most) {
        Map<ChildKind, Integer> more = copy();
        more.put(kind, Math.min(of(kind) + 1, most));
        return new Setbacks(more, crashes);
    }

    Setbacks forgetting(ChildKind kind) {
        Map<ChildKind, Integer> less = copy();
        less.remove(kind);
        return new Setbacks(less, crashes);
    }

    /** One more, but never more than {@code most}: without a limit nobody counts. */
    Setbacks plusCrash(int most) {
        return new Setbacks(ofKinds, Math.min(crashes + 1, most));
    }

    Setbacks forgettingCrashes() {
        return new Setbacks(ofKinds, 0);
    }

    private Map<ChildKind, Integer> copy() {
        Map<ChildKind, Integer> copy = new EnumMap<>(ChildKind.class);
        copy.putAll(ofKinds);
        return copy;
    }
}
