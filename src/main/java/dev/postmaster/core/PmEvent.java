package dev.postmaster.core;

/** All that can happen to the postmaster. Numbers of clients, workers and processes are passed through, never looked at. */
public sealed interface PmEvent {
    /** A timer that an action started has run out. */
    sealed interface TimeIsUp extends PmEvent {}

    /** The start sequence is done, the sockets listen: time for the first children (PM-10). */
    record Begin() implements PmEvent {}

    /** SIGTERM, SIGINT or SIGQUIT asked for this (SG-2 to SG-4); {@code NONE} is no request. */
    record ShutdownRequested(ShutdownMode mode) implements PmEvent {
        public ShutdownRequested {
            if (mode == ShutdownMode.NONE) {
                throw new IllegalArgumentException("no shutdown was requested");
            }
        }
    }

    /** The time that the settings give a shutdown in this mode is over. */
    record ShutdownTimedOut(ShutdownMode mode) implements TimeIsUp {}

    /** SIGHUP (SG-1). */
    record ReloadRequested() implements PmEvent {}

    /** The settings were read again and these hold from now on. */
    record SettingsChanged(PmSettings settings) implements PmEvent {}

    /**
     * A client has sent its startup packet: admit or refuse it, or let it wait.
     *
     * @param place in the line of those that nobody serves yet, from 1
     * @param inLine how long the line is, this client included
     * @param crowd who has a backend and is no session yet; of interest only when there is no room
     */
    record ClientReady(long client, int place, int inLine, Crowd crowd) implements PmEvent {}

    /**
     * Clients that have a backend and have not said who they are.
     *
     * @param loiterers those that have had time enough for it
     * @param leaving those that were told to go, and have not gone yet
     */
    record Crowd(int loiterers, int leaving) {
        /** Everybody with a backend is a session, or about to become one. */
        public static final Crowd NONE = new Crowd(0, 0);
    }

    /** PMSIGNAL_BACKGROUND_WORKER_CHANGE (BW-19). */
    record WorkersChanged() implements PmEvent {}

    /** A background worker may be started again. */
    record WorkerRetryDue() implements TimeIsUp {}

    /** A background worker is due to be started: have it done, or not (BW-15). */
    record WorkerDue(int worker) implements PmEvent {}

    /**
     * A child of ours was reaped.
     *
     * @param slot what became of its slot
     * @param role what it was there for, if it was a backend
     * @param chance a random number from 0 to 1, for a pause before the next one
     */
    record ChildExited(ChildKind kind, int pid, ExitStatus status, SlotFate slot, BackendRole role, double chance)
            implements PmEvent {}

    /**
     * A {@link PmAction.Launch} could not be carried out; what was counted ahead is undone here (CK-16).
     *
     * @param chance a random number from 0 to 1, for the pause before the next try
     */
    record LaunchFailed(ChildKind kind, double chance) implements PmEvent {}

    /**
     * A backend says that it could take a client: it has started, or has served one and has nothing left of it.
     *
     * @param before what it was there for until now
     */
    record BackendWaits(int pid, BackendRole before) implements PmEvent {}

    /** A spare did not take its client, which is still the first in line. */
    record SpareLost() implements PmEvent {}

    /**
     * A spare takes too long to start. Nobody waits for it from now on, but it may still come.
     *
     * @param chance a random number from 0 to 1, for the pause before the next one
     */
    record SpareOverdue(double chance) implements PmEvent {}

    /**
     * A {@link PmAction.LaunchSpare} could not be carried out.
     *
     * @param chance a random number from 0 to 1, for the pause before the next try
     */
    record SpareNotLaunched(double chance) implements PmEvent {}

    /** Time to see whether some spares are too many. */
    record SparePeriodOver() implements PmEvent {}

    /** PMSIGNAL_RECOVERY_STARTED (PM-11). */
    record RecoveryStarted() implements PmEvent {}

    /** PMSIGNAL_BEGIN_HOT_STANDBY (PM-12). */
    record BeginHotStandby() implements PmEvent {}

    /** PMSIGNAL_ROTATE_LOGFILE, or the file {@code logrotate} (SG-27). */
    record RotateLogfile() implements PmEvent {}

    /** PMSIGNAL_START_AUTOVAC_LAUNCHER. */
    record StartAutovacLauncher() implements PmEvent {}

    /** PMSIGNAL_START_AUTOVAC_WORKER (CK-8). */
    record StartAutovacWorker() implements PmEvent {}

    /** PMSIGNAL_START_WALRECEIVER (CK-15). */
    record StartWalReceiver() implements PmEvent {}

    /** A backend has become a walsender and said so by PMSIGNAL_ADVANCE_STATE_MACHINE (PM-61). */
    record WalSenderAppeared() implements PmEvent {}

    /** The file {@code promote} was found (SG-27, row 10). */
    record PromoteRequested() implements PmEvent {}

    /** The 5 seconds of the SIGKILL clock are over (PM-47). */
    record KillTimerExpired() implements TimeIsUp {}

    /** The archiver may be tried again: 10 seconds since the last start (CK-14). */
    record ArchiverRetryDue() implements TimeIsUp {}

    /** The pause is over: a child of this kind may be launched again. */
    record RelaunchDue(ChildKind kind) implements TimeIsUp {}

    /** Children of this kind have given no trouble for a while. */
    record SetbacksForgotten(ChildKind kind) implements TimeIsUp {}

    /** The system has not crashed for a while. */
    record CrashesForgotten() implements TimeIsUp {}

    /** The lock file is gone or names somebody else (DD-22). */
    record LockFileInvalid() implements PmEvent {}
}
