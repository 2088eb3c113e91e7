package dev.postmaster.core;

import dev.postmaster.core.PmEvent.ChildExited;
import dev.postmaster.core.PmEvent.ClientReady;
import dev.postmaster.core.PmEvent.ShutdownRequested;

/** Short names for what happens often. */
final class Events {
    static final PmEvent SMART = new ShutdownRequested(ShutdownMode.SMART);
    static final PmEvent FAST = new ShutdownRequested(ShutdownMode.FAST);
    static final PmEvent IMMEDIATE = new ShutdownRequested(ShutdownMode.IMMEDIATE);
    static final int PID = 4711;

    private Events() {}

    static PmEvent client(long id) {
        return new ClientReady(id);
    }

    static PmEvent exited(ChildKind kind, int code) {
        return new ChildExited(kind, PID, new ExitStatus.Code(code), true, false);
    }

    static PmEvent killed(ChildKind kind) {
        return new ChildExited(kind, PID, new ExitStatus.Killed(Sig.KILL.number()), true, false);
    }

    /** It ended well but never gave its slot back. */
    static PmEvent vanished(ChildKind kind) {
        return new ChildExited(kind, PID, new ExitStatus.Code(0), false, false);
    }

    static PmEvent walSenderExited() {
        return new ChildExited(ChildKind.BACKEND, PID, new ExitStatus.Code(0), true, true);
    }

    static PmEvent launchFailed(ChildKind kind) {
        return new PmEvent.LaunchFailed(kind);
    }
}
