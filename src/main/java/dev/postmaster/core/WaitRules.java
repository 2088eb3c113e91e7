package dev.postmaster.core;

import static dev.postmaster.core.ChildKind.ARCHIVER;
import static dev.postmaster.core.ChildKind.BACKEND;
import static dev.postmaster.core.ChildKind.CHECKPOINTER;
import static dev.postmaster.core.ChildKind.STARTUP;

import java.util.EnumSet;
import java.util.Set;

/** Whose end or progress the postmaster waits for: the other side of {@link AdvanceRules}, for people who ask why. */
final class WaitRules {
    private WaitRules() {}

    /** The living kinds without whose next move this phase cannot end; empty if it waits for no child. */
    static Set<ChildKind> awaited(Pm pm) {
        Set<ChildKind> kinds = EnumSet.noneOf(ChildKind.class);
        kinds.addAll(candidates(pm));
        kinds.removeIf(kind -> !pm.census().has(kind));
        if (backends(pm) == 0) {
            kinds.remove(BACKEND);
        }
        return kinds;
    }

    /**
     * How many backends are waited for: spares hold up no client's end, and
     * walsenders stay until the log is passed on, and are all that is left then.
     */
    private static int backends(Pm pm) {
        return switch (pm.state()) {
            case INIT, STARTUP, RECOVERY, HOT_STANDBY, RUN -> pm.census().sessions();
            case STOP_BACKENDS, WAIT_BACKENDS, SHUTDOWN, NO_CHILDREN ->
                pm.census().count(BACKEND) - pm.census().walSenders();
            case SHUTDOWN_2 -> pm.census().walSenders();
            case WAIT_DEAD_END -> pm.census().count(BACKEND);
        };
    }

    private static Set<ChildKind> candidates(Pm pm) {
        return switch (pm.state()) {
            case INIT, STOP_BACKENDS, NO_CHILDREN -> Set.of();
            case STARTUP, RECOVERY -> Set.of(STARTUP);
            case HOT_STANDBY, RUN -> pm.shutdown() == ShutdownMode.SMART ? Set.of(BACKEND) : Set.of();
            case WAIT_BACKENDS -> withCheckpointer(StopWave.BACKENDS.kinds(), pm.isAborting());
            case SHUTDOWN -> Set.of(CHECKPOINTER);
            case SHUTDOWN_2 -> Set.of(ARCHIVER, BACKEND);
            case WAIT_DEAD_END -> EnumSet.complementOf(EnumSet.copyOf(StopWave.NEVER.kinds()));
        };
    }

    private static Set<ChildKind> withCheckpointer(Set<ChildKind> kinds, boolean aborting) {
        if (aborting) {
            kinds.add(CHECKPOINTER);
        }
        return kinds;
    }
}
