package dev.postmaster.server;

import dev.postmaster.core.PmEvent;
import java.util.Locale;

/** What happened, in words for people who ask why the postmaster is where it is. */
final class EventWords {
    private EventWords() {}

    /** What the event of a running timer will bring. */
    static String expected(PmEvent event) {
        if (event instanceof PmEvent.KillTimerExpired) {
            return "every child that is left is sent SIGKILL";
        }
        if (event instanceof PmEvent.ShutdownTimedOut(var mode)) {
            return mode.name().toLowerCase(Locale.ROOT) + " shutdown becomes a stronger one";
        }
        return of(event);
    }

    static String of(PmEvent event) {
        return switch (event) {
            case PmEvent.Begin() -> "the postmaster was started";
            case PmEvent.ShutdownRequested(var mode) ->
                mode.name().toLowerCase(Locale.ROOT) + " shutdown was requested";
            case PmEvent.ReloadRequested() -> "SIGHUP was received";
            case PmEvent.SettingsChanged ignored -> "settings were changed";
            case PmEvent.ClientReady ignored -> "a client connected";
            case PmEvent.ChildExited exit -> ExitWords.of(exit.kind().exitName(), exit.pid(), exit.status());
            case PmEvent.LaunchFailed(var kind, var chance) -> "no " + kind.childName() + " process could be launched";
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
            case PmEvent.RelaunchDue(var kind) -> "the " + kind.childName() + " process may be tried again";
            case PmEvent.SetbacksForgotten(var kind) ->
                "the " + kind.childName() + " process has given no trouble for a while";
            case PmEvent.CrashesForgotten() -> "the system has not crashed for a while";
            case PmEvent.ShutdownTimedOut(var mode) ->
                mode.name().toLowerCase(Locale.ROOT) + " shutdown has taken too long";
            case PmEvent.LockFileInvalid() -> "the lock file is gone or somebody else's";
        };
    }
}
