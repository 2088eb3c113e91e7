package dev.postmaster.core;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** All that the postmaster can do about it. The shell carries actions out in the order of the list. */
public sealed interface PmAction {
    /**
     * Start a child of this kind; it is counted already. If it cannot be started, post {@link PmEvent.LaunchFailed}.
     */
    record Launch(ChildKind kind) implements PmAction {}

    /** Start a backend for a client that waits at the desk; it is counted already, as with {@link Launch}. */
    record LaunchBackend(long client) implements PmAction {}

    /** Start a backend without a client; it is counted already. If that fails, post {@link PmEvent.SpareNotLaunched}. */
    record LaunchSpare() implements PmAction {}

    /**
     * Give a client that waits at the desk to a spare that waits, and counts as its backend already. If it does not take
     * the client, post {@link PmEvent.SpareLost}, unless it is reaped before, and ask about the client again.
     */
    record HandOver(long client) implements PmAction {}

    /** Let a client wait: a backend for it is about to be ready, or to go. Ask about it again after the next event. */
    record Wait(long client) implements PmAction {}

    /** End the backend whose client takes longest to say who it is; it counts as leaving until it is reaped. */
    record EvictLoiterer() implements PmAction {}

    /** This backend waits for a client from now on. */
    record Keep(int pid) implements PmAction {}

    /** Let this backend end: it has no client, and none is to come. */
    record Dismiss(int pid) implements PmAction {}

    /** Let so many of the waiting spares end; they count as passed over until they have. */
    record DismissSpares(int count) implements PmAction {}

    /** Start this background worker; it is counted already, as with {@link Launch}. */
    record LaunchWorker(int worker) implements PmAction {}

    /** There is no slot for this background worker now (BW-15). */
    record RefuseWorker(int worker) implements PmAction {}

    /** Tell the client why it gets no session, and close. */
    record Refuse(long client, CacState reason) implements PmAction {}

    /**
     * Send a signal to every child of these kinds.
     *
     * @param walSenders whether backends that have become walsenders are meant as well, when backends are
     */
    record Signal(Set<ChildKind> kinds, boolean walSenders, Sig signal) implements PmAction {
        public Signal {
            kinds = Set.copyOf(kinds);
        }

        static Signal to(ChildKind kind, Sig signal) {
            return new Signal(Set.of(kind), false, signal);
        }

        /** To every child but the syslogger ("terminate children" of SG-10). */
        static Signal toEverybody(Sig signal) {
            return new Signal(EnumSet.complementOf(EnumSet.copyOf(StopWave.NEVER.kinds())), true, signal);
        }
    }

    /** Why the SIGQUIT that follows is sent, for the last words of the children (SG-31). */
    record SetQuitReason(QuitReason reason) implements PmAction {}

    enum QuitReason {
        CRASH,
        STOP
    }

    /** Say this to the log at severity LOG. */
    record Say(String message) implements PmAction {}

    /** Log the end of a child in the words of SG-37; a crash or unclean end at LOG, else at a debug level (SG-38). */
    record ReportExit(ChildKind kind, int pid, ExitStatus status, boolean noteworthy) implements PmAction {}

    /** Write line 8 of the lock file (DD-17). */
    record WriteStatus(Status status) implements PmAction {}

    /** The words of line 8 of the lock file; before them the start sequence has written {@code starting}. */
    enum Status {
        STANDBY,
        READY,
        STOPPING
    }

    /** Tell the service manager that we are ready (DD-21). */
    record NotifyReady() implements PmAction {}

    /** Tell the service manager that we are stopping (DD-21). */
    record NotifyStopping() implements PmAction {}

    /** Post {@link PmEvent.KillTimerExpired} in 5 seconds, unless stopped before; a running timer starts anew (PM-47). */
    record StartKillTimer() implements PmAction {}

    record StopKillTimer() implements PmAction {}

    /** Post {@link PmEvent.ShutdownTimedOut} with this mode after the delay. */
    record StartShutdownTimer(ShutdownMode mode, Duration delay) implements PmAction {}

    /** Post {@link PmEvent.ArchiverRetryDue} in 10 seconds; a running timer starts anew (CK-14). */
    record StartArchiverTimer() implements PmAction {}

    /** Post {@link PmEvent.RelaunchDue} after the delay, which may be zero; a running timer starts anew. */
    record RelaunchLater(ChildKind kind, Duration delay) implements PmAction {}

    /** Post {@link PmEvent.SetbacksForgotten} after the delay; a running timer starts anew. */
    record ForgetSetbacksLater(ChildKind kind, Duration delay) implements PmAction {}

    /** Post {@link PmEvent.CrashesForgotten} after the delay; a running timer starts anew. */
    record ForgetCrashesLater(Duration delay) implements PmAction {}

    /** Take no new connections until {@link ResumeAccepting} (PM-65). */
    record StopAccepting() implements PmAction {}

    record ResumeAccepting() implements PmAction {}

    /** Re-read the settings (SG-32); the children are told by a {@link Signal} of their own. */
    record Reload() implements PmAction {}

    /**
     * Kill whatever the children have started and left behind, in whatever session it is: nobody may touch the database
     * when the next generation recovers it, or when nobody is left to answer for it.
     */
    record EndDescendants() implements PmAction {}

    /** Throw away the shared segment and make a new one, with every slot free but the syslogger's (PM-50). */
    record Reinitialize() implements PmAction {}

    /** The end, with this exit status (PM-2). */
    record Exit(int status) implements PmAction {}
}
