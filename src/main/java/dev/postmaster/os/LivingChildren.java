package dev.postmaster.os;

import dev.postmaster.core.Sig;
import java.util.HashSet;
import java.util.Set;

/**
 * The children that were launched and not reaped yet, which tells them from orphans. Whoever launches or reaps holds its
 * monitor from the system call until this set agrees with the kernel.
 */
final class LivingChildren {
    private final Set<Pid> pids = new HashSet<>();

    /** Whoever started us may have ignored SIGCHLD: we inherit that, and the kernel drops every status. */
    LivingChildren() {
        SignalC.setDefault(Sig.CHLD.number());
    }

    void add(Pid pid) {
        pids.add(pid);
    }

    /** Forgets the process; false if it was never launched here. */
    boolean remove(Pid pid) {
        return pids.remove(pid);
    }
}
