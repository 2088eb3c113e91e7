package dev.postmaster.core;

import java.util.EnumSet;
import java.util.Set;

/** When a shutdown tells a kind of child to go. A crash or an immediate shutdown tells all but {@link #NEVER} at once. */
public enum StopWave {
    /** First, by SIGTERM (PM-22); {@link PmState#WAIT_BACKENDS} waits for them. */
    BACKENDS,
    /** When those are gone, by SIGUSR2 (PM-16); {@link PmState#SHUTDOWN} waits for it. */
    CHECKPOINT,
    /** When all log is written, by SIGUSR2 (PM-26); {@link PmState#SHUTDOWN_2} waits for them. Walsenders go here too. */
    ARCHIVAL,
    /** It ends by itself when everybody else is gone (PM-37). */
    NEVER;

    /** The kinds that go in this wave. */
    public Set<ChildKind> kinds() {
        Set<ChildKind> kinds = EnumSet.noneOf(ChildKind.class);
        for (ChildKind kind : ChildKind.values()) {
            if (kind.stopWave() == this) {
                kinds.add(kind);
            }
        }
        return kinds;
    }
}
