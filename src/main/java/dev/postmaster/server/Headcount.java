package dev.postmaster.server;

import dev.postmaster.core.ChildKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;

/** The living children as they were counted once, for any thread. */
final class Headcount {
    static final Headcount NOBODY = new Headcount(Map.of());

    /** What a child's slot says of it. */
    enum Standing {
        /** It has no part in shared memory: a program of somebody else, or the syslogger. */
        DETACHED,
        /** It has not touched shared memory yet, or has finished with it. */
        ASSIGNED,
        ACTIVE,
        WALSENDER
    }

    private final Map<ChildKind, Map<Standing, Integer>> children;

    private Headcount(Map<ChildKind, Map<Standing, Integer>> children) {
        this.children = children;
    }

    @OnLoop
    static Headcount of(ChildRegistry registry) {
        Map<ChildKind, Map<Standing, Integer>> children = new EnumMap<>(ChildKind.class);
        for (Child child : registry.ofKinds(EnumSet.allOf(ChildKind.class))) {
            children.computeIfAbsent(child.kind(), kind -> new EnumMap<>(Standing.class))
                    .merge(standing(child, registry), 1, Integer::sum);
        }
        return new Headcount(children);
    }

    int count(ChildKind kind) {
        int all = 0;
        for (int some : children.getOrDefault(kind, Map.of()).values()) {
            all += some;
        }
        return all;
    }

    int count(ChildKind kind, Standing standing) {
        return children.getOrDefault(kind, Map.of()).getOrDefault(standing, 0);
    }

    private static Standing standing(Child child, ChildRegistry registry) {
        if (!child.isAttached()) {
            return Standing.DETACHED;
        }
        return switch (registry.slotOf(child).state()) {
            case UNUSED, ASSIGNED -> Standing.ASSIGNED;
            case ACTIVE -> Standing.ACTIVE;
            case WALSENDER -> Standing.WALSENDER;
        };
    }
}
