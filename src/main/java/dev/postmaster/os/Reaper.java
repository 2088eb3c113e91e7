package dev.postmaster.os;

import java.util.Optional;

/**
 * Collects dead processes: the children {@link Launcher} made and adopted orphans alike. There must be no other waiter in
 * this process: {@code ProcessBuilder} has one of its own, and the two would take each other's statuses.
 */
public interface Reaper {
    /**
     * One dead process, without blocking; empty if none is dead. SIGCHLD tells that there may be some, not how many: call
     * until empty. Launches on other threads lose nothing: a child is never taken for an orphan.
     */
    Optional<Reaped> next();
}
