package dev.postmaster.os;

import dev.postmaster.core.Sig;

/** Sends signals. Nothing here blocks. */
public interface Signals {
    /** To one process. A process that is dead and not yet reaped takes it and does nothing. */
    Delivery send(Pid pid, Sig sig);

    /** To every process of the group that {@code leader} leads; a child leads its own from its start (SG-9). */
    Delivery sendToGroup(Pid leader, Sig sig);

    /**
     * To the process that launched us, which may be process 1, if it still is our parent: an orphan has another one.
     *
     * @param parent the number our parent had when we were launched, above 0
     */
    Delivery sendToParent(int parent, Sig sig);

    /**
     * To a process that a lock file or a person has named, which may be process 1 of a container.
     *
     * @param pid above 0
     */
    Delivery sendToNamed(int pid, Sig sig);

    /**
     * Whether there is a process of this number, by the signal that is none (DD-13).
     *
     * @param pid above 0: a lock file may name process 1
     */
    Presence probe(int pid);

    /** Whether a signal found somebody. */
    enum Delivery {
        DELIVERED,
        /** It belongs to somebody else (EPERM); of a group, that all of it does. */
        NOT_PERMITTED,
        NO_SUCH_PROCESS
    }

    /** What the kernel says of a process number. */
    enum Presence {
        /** It exists and we may signal it. */
        PRESENT,
        /** It exists and belongs to somebody else (EPERM). */
        NOT_OURS,
        /** There is none (ESRCH). */
        ABSENT
    }
}
