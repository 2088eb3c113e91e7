package dev.postmaster.os;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Collects dead processes: the children {@link Launcher} made and adopted orphans alike. There must be no other waiter in
 * this process: {@code ProcessBuilder} has one of its own, and the two would take each other's statuses.
 */
public interface Reaper {
    /**
     * One dead process, without blocking; empty if none is dead. SIGCHLD tells that there may be some, not how many: call
     * until empty. Launches on other threads lose nothing: a child is never taken for an orphan.
     */
    default Optional<Reaped> next() {
        return next(pid -> false);
    }

    /**
     * As {@link #next()}, and ends what a child of ours has left in its process group, by SIGKILL, while its number cannot be
     * anybody else's yet.
     *
     * @param takesItsGroupAlong asked about a dead child of ours
     */
    Optional<Reaped> next(Predicate<Pid> takesItsGroupAlong);

    /** Whether a living child was stopped, as by SIGSTOP, and does not go on yet; false for a process that is no child. */
    boolean isStopped(Pid child);
}
