package dev.postmaster.core;

import static dev.postmaster.core.ChildKind.ARCHIVER;
import static dev.postmaster.core.ChildKind.BGWRITER;
import static dev.postmaster.core.ChildKind.CHECKPOINTER;

import dev.postmaster.core.PmAction.NotifyReady;
import dev.postmaster.core.PmAction.Say;
import dev.postmaster.core.PmAction.Signal;
import dev.postmaster.core.PmAction.Status;
import dev.postmaster.core.PmAction.WriteStatus;
import dev.postmaster.core.PmSettings.Archiving;

/**
 * How the system comes up: from the first startup process to normal operation (PM-10 to PM-13). PostgreSQL's guard "no
 * shutdown was requested" is not here, because {@link Pm} knows no such state.
 */
final class StartRules {
    private StartRules() {}

    /** The syslogger first, then checkpointer and background writer, because the startup process may need them. */
    static Step begin(Pm pm) {
        if (pm.state() != PmState.INIT) {
            return Step.of(pm);
        }
        return LaunchRules.launchMissing(pm)
                .then(next -> LaunchRules.launchIfAbsent(next, CHECKPOINTER))
                .then(next -> LaunchRules.launchIfAbsent(next, BGWRITER))
                .then(StartRules::startUp);
    }

    /** The startup process decides what comes next; without a cluster there is nothing to recover. */
    static Step startUp(Pm pm) {
        return pm.settings().hasCluster() ? LaunchRules.launch(pm.starting(), ChildKind.STARTUP) : open(pm);
    }

    /** PM-11. Redo has begun, so the crash that may have brought us here is over. */
    static Step recoveryStarted(Pm pm) {
        if (pm.state() != PmState.STARTUP) {
            return Step.of(pm);
        }
        Pm recovering = pm.recovered(PmState.RECOVERY);
        // Without the 10 seconds of CK-14: segments arrive at once and somebody must take them.
        Step archiving = pm.settings().archiving() == Archiving.ALWAYS
                ? LaunchRules.launchIfAbsent(recovering, ARCHIVER)
                : Step.of(recovering);
        return pm.settings().hotStandby()
                ? archiving
                : archiving.and(new WriteStatus(Status.STANDBY), new NotifyReady());
    }

    /** PM-12. */
    static Step beginHotStandby(Pm pm) {
        if (pm.state() != PmState.RECOVERY) {
            return Step.of(pm);
        }
        return Step.of(
                        pm.withState(PmState.HOT_STANDBY),
                        new Say("database system is ready to accept read-only connections"),
                        new WriteStatus(Status.READY),
                        new NotifyReady())
                .then(RestartRules::serving);
    }

    /** PM-13. */
    static Step open(Pm pm) {
        return LaunchRules.launchMissing(pm.recovered(PmState.RUN))
                .and(
                        new Say("database system is ready to accept connections"),
                        new WriteStatus(Status.READY),
                        new NotifyReady())
                .then(RestartRules::serving);
    }

    /** Row 10 of SG-27. */
    static Step promote(Pm pm) {
        boolean recovering = pm.state().isOperating() && pm.census().has(ChildKind.STARTUP);
        return recovering ? Step.of(pm, Signal.to(ChildKind.STARTUP, Sig.USR2)) : Step.of(pm);
    }
}
