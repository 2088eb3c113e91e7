package dev.postmaster.core;

import static dev.postmaster.core.BackendRole.PASSED_OVER;
import static dev.postmaster.core.BackendRole.SESSION;
import static dev.postmaster.core.ChildKind.ARCHIVER;
import static dev.postmaster.core.ChildKind.AV_LAUNCHER;
import static dev.postmaster.core.ChildKind.SYSLOGGER;
import static dev.postmaster.core.ChildKind.WAL_RECEIVER;

import dev.postmaster.core.PmAction.Reload;
import dev.postmaster.core.PmAction.Say;
import dev.postmaster.core.PmAction.Signal;
import java.util.EnumSet;
import java.util.Set;

/**
 * The postmaster's whole mind. An event is heeded by the rule for it, then the phases move as far as they can, then
 * whoever is missing is launched: the order of PostgreSQL's loop (PM-34, PM-64).
 */
public final class Transition {
    private Transition() {}

    /**
     * What happens to {@code pm} on {@code event}. Total: an event that does not fit is ignored, because signals and
     * timers may come late (PM-36). Only what contradicts the census, such as the end of a child that was never launched,
     * is refused with {@link IllegalArgumentException}.
     */
    public static Step step(Pm pm, PmEvent event) {
        if (pm.state() == PmState.NO_CHILDREN) {
            return afterTheEnd(pm, event);
        }
        return heed(pm, event)
                .then(next -> ShutdownRules.startClock(pm.shutdown(), next))
                .then(AdvanceRules::advance)
                .then(LaunchRules::launchMissing)
                .then(SpareRules::launchMissing);
    }

    /** The exit was decided: nothing counts any more, but a client that slipped in still gets an answer. */
    private static Step afterTheEnd(Pm pm, PmEvent event) {
        return event instanceof PmEvent.ClientReady client ? AcceptRules.admit(pm, client) : Step.of(pm);
    }

    static Step heed(Pm pm, PmEvent event) {
        return switch (event) {
            case PmEvent.Begin() -> StartRules.begin(pm);
            case PmEvent.ShutdownRequested(ShutdownMode mode) -> ShutdownRules.request(pm, mode);
            case PmEvent.ShutdownTimedOut(ShutdownMode mode) -> ShutdownRules.timedOut(pm, mode);
            case PmEvent.ReloadRequested() -> reload(pm);
            case PmEvent.SettingsChanged(PmSettings settings) -> Step.of(pm.withSettings(settings));
            case PmEvent.ClientReady client -> AcceptRules.admit(pm, client);
            case PmEvent.WorkersChanged(), PmEvent.WorkerRetryDue() -> Step.of(pm);
            case PmEvent.WorkerDue(int worker) -> AcceptRules.admitWorker(pm, worker);
            case PmEvent.ChildExited exit -> ExitRules.exited(pm, exit);
            case PmEvent.LaunchFailed(ChildKind kind, double chance) -> LaunchRules.failed(pm, kind, chance);
            case PmEvent.BackendWaits waits -> SpareRules.waits(pm, waits);
            case PmEvent.SpareLost() -> Step.of(pm.withCensus(pm.census().moved(SESSION, PASSED_OVER)));
            case PmEvent.SpareOverdue(double chance) -> SpareRules.overdue(pm, chance);
            case PmEvent.SpareNotLaunched(double chance) -> SpareRules.notLaunched(pm, chance);
            case PmEvent.SparePeriodOver() -> SpareRules.periodOver(pm);
            case PmEvent.RecoveryStarted() -> StartRules.recoveryStarted(pm);
            case PmEvent.BeginHotStandby() -> StartRules.beginHotStandby(pm);
            case PmEvent.RotateLogfile() -> rotateLogfile(pm);
            case PmEvent.StartAutovacLauncher() -> startAutovacLauncher(pm);
            case PmEvent.StartAutovacWorker() -> LaunchRules.startAutovacWorker(pm);
            case PmEvent.StartWalReceiver() -> Step.of(pm.wanting(WAL_RECEIVER));
            case PmEvent.WalSenderAppeared() ->
                Step.of(pm.withCensus(pm.census().withWalSender()));
            case PmEvent.PromoteRequested() -> StartRules.promote(pm);
            case PmEvent.KillTimerExpired() -> CrashRules.killTimerExpired(pm);
            case PmEvent.ArchiverRetryDue() -> Step.of(pm.rested(Set.of(ARCHIVER)));
            case PmEvent.RelaunchDue(ChildKind kind) -> Step.of(pm.rested(Set.of(kind)));
            case PmEvent.SetbacksForgotten(ChildKind kind) ->
                Step.of(pm.withSetbacks(pm.setbacks().forgetting(kind)));
            case PmEvent.CrashesForgotten() -> RestartRules.crashesForgotten(pm);
            case PmEvent.LockFileInvalid() -> ShutdownRules.lockFileInvalid(pm);
        };
    }

    /** SG-32. */
    private static Step reload(Pm pm) {
        if (pm.shutdown().atLeast(ShutdownMode.FAST)) {
            return Step.of(pm);
        }
        return Step.of(
                pm,
                new Say("received SIGHUP, reloading configuration files"),
                new Reload(),
                new Signal(EnumSet.allOf(ChildKind.class), true, Sig.HUP));
    }

    /** Rows 5 and 5b of SG-27. */
    private static Step rotateLogfile(Pm pm) {
        return pm.census().has(SYSLOGGER) ? Step.of(pm, Signal.to(SYSLOGGER, Sig.USR1)) : Step.of(pm);
    }

    /** Row 6 of SG-27. */
    private static Step startAutovacLauncher(Pm pm) {
        return Step.of(pm.state().isStopping() ? pm : pm.wanting(AV_LAUNCHER));
    }
}
