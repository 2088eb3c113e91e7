package dev.postmaster.server;

import dev.postmaster.core.PmEvent;
import dev.postmaster.core.ShutdownMode;
import java.util.Locale;

/** What happened, in words for people who ask why the postmaster is where it is. */
final class EventWords {
    private EventWords() {}

    static String of(PmEvent event) {
        return switch (event) {
            case PmEvent.Begin() -> "the postmaster was started";
            case PmEvent.ShutdownRequested(var mode) -> word(mode) + " shutdown was requested";
            case PmEvent.ReloadRequested() -> "SIGHUP was received";
            case PmEvent.SettingsChanged ignored -> "settings were changed";
            case PmEvent.ClientReady ignored -> "a client connected";
            case PmEvent.WorkersChanged() -> "background workers were registered or told to end";
            case PmEvent.WorkerDue ignored -> "a background worker is due";
            case PmEvent.WorkerRetryDue() -> "a background worker may be started again";
            case PmEvent.ChildExited exit -> ExitWords.of(exit.kind().exitName(), exit.pid(), exit.status());
            case PmEvent.LaunchFailed(var kind, var ignored) -> "no " + kind.childName() + " process could be launched";
            case PmEvent.BackendWaits(int pid, var before) -> "backend " + pid + " waits for a client";
            case PmEvent.SpareLost() -> "a spare backend did not take its client";
            case PmEvent.SpareOverdue overdue -> "a spare backend takes long to start";
            case PmEvent.SpareNotLaunched ignored -> "no spare backend could be launched";
            case PmEvent.SparePeriodOver() -> "time to count the spare backends";
            case PmEvent.RecoveryStarted() -> "the startup process began redo";
            case PmEvent.BeginHotStandby() -> "recovery reached a consistent state";
            case PmEvent.RotateLogfile() -> "the log file is to be rotated";
            case PmEvent.StartAutovacLauncher() -> "the autovacuum launcher is needed";
            case PmEvent.StartAutovacWorker() -> "an autovacuum worker is needed";
            case PmEvent.StartWalReceiver() -> "the WAL receiver is needed";
            case PmEvent.WalSenderAppeared() -> "a backend became a walsender";
            case PmEvent.PromoteRequested() -> "promotion was requested";
            case PmEvent.KillTimerExpired() -> "children did not leave in 5 seconds";
            case PmEvent.ArchiverRetryDue() -> "the archiver may be tried again";
            case PmEvent.ShutdownTimedOut(var mode) -> "the time for the " + word(mode) + " shutdown is over";
            case PmEvent.RelaunchDue(var kind) -> "a " + kind.childName() + " process may be launched again";
            case PmEvent.SetbacksForgotten(var kind) ->
                "the " + kind.childName() + " process gave no trouble for a while";
            case PmEvent.CrashesForgotten() -> "there was no crash for a while";
            case PmEvent.LockFileInvalid() -> "the lock file is gone or somebody else's";
        };
    }

    /** What happens when that time is up. */
    static String meaning(PmEvent.TimeIsUp event) {
        return switch (event) {
            case PmEvent.ShutdownTimedOut(var mode) -> "the " + word(mode) + " shutdown becomes a stronger one";
            case PmEvent.KillTimerExpired() -> "every child that is left is sent SIGKILL";
            case PmEvent.ArchiverRetryDue() -> "the archiver may be started again";
            case PmEvent.WorkerRetryDue() -> "a background worker is started again";
            case PmEvent.RelaunchDue(var kind) -> "the " + kind.childName() + " process is launched again";
            case PmEvent.SetbacksForgotten(var kind) -> "past trouble with the " + kind.childName() + " is forgotten";
            case PmEvent.CrashesForgotten() -> "past crashes are forgotten";
        };
    }

    private static String word(ShutdownMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
