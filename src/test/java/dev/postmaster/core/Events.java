package dev.postmaster.core;

import dev.postmaster.core.PmEvent.ChildExited;
import dev.postmaster.core.PmEvent.ClientReady;
import dev.postmaster.core.PmEvent.Crowd;
import dev.postmaster.core.PmEvent.ShutdownRequested;

/** Short names for what happens often. */
final class Events {
    static final PmEvent SMART = new ShutdownRequested(ShutdownMode.SMART);
    static final PmEvent FAST = new ShutdownRequested(ShutdownMode.FAST);
    static final PmEvent IMMEDIATE = new ShutdownRequested(ShutdownMode.IMMEDIATE);
    static final PmEvent SMART_TIMED_OUT = new PmEvent.ShutdownTimedOut(ShutdownMode.SMART);
    static final PmEvent FAST_TIMED_OUT = new PmEvent.ShutdownTimedOut(ShutdownMode.FAST);
    static final double CHANCE = 0.5;
    static final int PID = 4711;

    private Events() {}

    static PmEvent client(long id) {
        return new ClientReady(id, 1, 1, Crowd.NONE);
    }

    /** It is its turn, and others wait behind it. */
    static PmEvent client(long id, int inLine) {
        return new ClientReady(id, 1, inLine, Crowd.NONE);
    }

    /** Others are before it. */
    static PmEvent newcomer(long id, int place) {
        return new ClientReady(id, place, place, Crowd.NONE);
    }

    /** Comes when others hold a backend and have not said who they are. */
    static PmEvent newcomer(long id, int place, int loiterers, int leaving) {
        return new ClientReady(id, place, place, new Crowd(loiterers, leaving));
    }

    static PmEvent exited(ChildKind kind, int code) {
        return new ChildExited(kind, PID, new ExitStatus.Code(code), SlotFate.GIVEN_BACK, BackendRole.SESSION, CHANCE);
    }

    static PmEvent killed(ChildKind kind) {
        return killed(kind, Sig.KILL);
    }

    static PmEvent killed(ChildKind kind, Sig signal) {
        return new ChildExited(
                kind, PID, new ExitStatus.Killed(signal.number()), SlotFate.GIVEN_BACK, BackendRole.SESSION, CHANCE);
    }

    /** It ended well but never gave its slot back. */
    static PmEvent vanished(ChildKind kind) {
        return new ChildExited(kind, PID, new ExitStatus.Code(0), SlotFate.ABANDONED, BackendRole.SESSION, CHANCE);
    }

    /** A program of somebody else, whose kind's ends do not apply to it. */
    static PmEvent strangerExited(ChildKind kind, ExitStatus status) {
        return new ChildExited(kind, PID, status, SlotFate.NEVER_ATTACHED, BackendRole.SESSION, CHANCE);
    }

    static PmEvent walSenderExited() {
        return new ChildExited(
                ChildKind.BACKEND, PID, new ExitStatus.Code(0), SlotFate.GIVEN_BACK, BackendRole.WAL_SENDER, CHANCE);
    }

    /** A backend that was there for this ended. */
    static PmEvent backendExited(BackendRole role, ExitStatus status) {
        return new ChildExited(ChildKind.BACKEND, PID, status, SlotFate.GIVEN_BACK, role, CHANCE);
    }

    /** What some backend is there for: a session, if there is one. */
    static BackendRole somebody(Census census) {
        if (census.sessions() > 0) {
            return BackendRole.SESSION;
        }
        if (census.starting() > 0) {
            return BackendRole.STARTING;
        }
        if (census.passedOver() > 0) {
            return BackendRole.PASSED_OVER;
        }
        return census.waiting() > 0 ? BackendRole.WAITING : BackendRole.WAL_SENDER;
    }

    static PmEvent launchFailed(ChildKind kind) {
        return new PmEvent.LaunchFailed(kind, CHANCE);
    }
}
