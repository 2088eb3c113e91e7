package dev.postmaster.core;

import static dev.postmaster.core.ChildKind.ARCHIVER;
import static dev.postmaster.core.ChildKind.BACKEND;
import static dev.postmaster.core.ChildKind.CHECKPOINTER;

import dev.postmaster.core.PmAction.EndDescendants;
import dev.postmaster.core.PmAction.Exit;
import dev.postmaster.core.PmAction.Reinitialize;
import dev.postmaster.core.PmAction.ResumeAccepting;
import dev.postmaster.core.PmAction.Say;
import dev.postmaster.core.PmAction.Signal;
import dev.postmaster.core.PmAction.StopAccepting;
import dev.postmaster.core.PmAction.StopKillTimer;
import java.util.EnumSet;
import java.util.Set;

/** The moves that need no event of their own, only that somebody has left (PostmasterStateMachine). */
final class AdvanceRules {
    private AdvanceRules() {}

    /** Moves as far as possible; one event may cross several phases (PM-34). */
    static Step advance(Pm pm) {
        Step moved = move(pm);
        return moved.next().state() == pm.state() ? moved : moved.then(AdvanceRules::advance);
    }

    /** Moves to the next phase, or stays. */
    static Step move(Pm pm) {
        return switch (pm.state()) {
            case INIT, STARTUP, RECOVERY, SHUTDOWN -> Step.of(pm);
            case HOT_STANDBY, RUN -> stopAfterLastSession(pm);
            case STOP_BACKENDS -> tellToGo(pm);
            case WAIT_BACKENDS -> leaveWaitBackends(pm);
            case SHUTDOWN_2 -> pm.census().hasAnyOf(StopWave.ARCHIVAL) ? Step.of(pm) : stopAccepting(pm);
            case WAIT_DEAD_END -> Step.of(pm.census().isDeserted() ? pm.withState(PmState.NO_CHILDREN) : pm);
            case NO_CHILDREN -> exitOrStartOver(pm);
        };
    }

    /** A smart shutdown waits for clients, not for those who only serve them (PM-18). */
    private static Step stopAfterLastSession(Pm pm) {
        boolean stop = pm.shutdown() == ShutdownMode.SMART && pm.census().sessions() == 0;
        return Step.of(stop ? pm.withState(PmState.STOP_BACKENDS) : pm);
    }

    /**
     * PM-22. After a crash there will be no shutdown checkpoint, and the checkpointer, which ignores SIGTERM, would be
     * waited for in vain; so everybody is told the hard way.
     */
    private static Step tellToGo(Pm pm) {
        Pm waiting = pm.withState(PmState.WAIT_BACKENDS);
        return pm.fatalError()
                ? CrashRules.quitEverybody(waiting, PmAction.QuitReason.STOP)
                : Step.of(waiting, new Signal(StopWave.BACKENDS.kinds(), false, Sig.TERM));
    }

    /** PM-14 to PM-17. */
    private static Step leaveWaitBackends(Pm pm) {
        boolean checkpointerToo = pm.isAborting() && pm.census().has(CHECKPOINTER);
        if (checkpointerToo || pm.census().hasAnyOf(StopWave.BACKENDS)) {
            return Step.of(pm);
        }
        if (pm.isAborting()) {
            return stopAccepting(pm);
        }
        return pm.settings().hasCluster() ? writeShutdownCheckpoint(pm) : finishArchiving(pm);
    }

    /** PM-16. A checkpointer that cannot be started is reported by an event, see {@link LaunchRules#failed}. */
    private static Step writeShutdownCheckpoint(Pm pm) {
        return LaunchRules.launchIfAbsent(pm.withState(PmState.SHUTDOWN), CHECKPOINTER)
                .and(Signal.to(CHECKPOINTER, Sig.USR2));
    }

    /** All log is written: let archiver and walsenders pass it on (PM-26). */
    static Step finishArchiving(Pm pm) {
        Set<ChildKind> lastReaders = EnumSet.of(ARCHIVER, BACKEND);
        return Step.of(pm.withState(PmState.SHUTDOWN_2), new Signal(lastReaders, true, Sig.USR2));
    }

    /** PM-15, PM-27. */
    static Step stopAccepting(Pm pm) {
        return Step.of(pm.withState(PmState.WAIT_DEAD_END), new StopAccepting());
    }

    /** PM-29 to PM-33, tested in this order. */
    private static Step exitOrStartOver(Pm pm) {
        Step alone = pm.isAborting() ? Step.of(pm, new EndDescendants()) : Step.of(pm);
        return alone.then(AdvanceRules::exitOrStartOverAlone);
    }

    private static Step exitOrStartOverAlone(Pm pm) {
        if (pm.shutdown() != ShutdownMode.NONE) {
            return pm.fatalError() ? fail(pm, "abnormal database system shutdown") : Step.of(pm, new Exit(0));
        }
        if (pm.crash().startupCrashed()) {
            return fail(pm, "shutting down due to startup process failure");
        }
        if (!pm.settings().restartAfterCrash()) {
            return fail(pm, "shutting down because restart_after_crash is off");
        }
        int crashes = pm.setbacks().crashes() + 1;
        return pm.settings().restart().isLastCrash(crashes)
                ? fail(pm, "shutting down because of " + crashes + " crashes in a row (crash_restart_limit)")
                : startOver(pm.withSetbacks(
                        pm.setbacks().plusCrash(pm.settings().restart().crashLimit())));
    }

    private static Step fail(Pm pm, String reason) {
        return Step.of(pm, new Say(reason), new Exit(1));
    }

    /** PM-50. */
    private static Step startOver(Pm pm) {
        return Step.of(
                        pm,
                        new Say("all server processes terminated; reinitializing"),
                        new StopKillTimer(),
                        new Reinitialize(),
                        new ResumeAccepting())
                .then(StartRules::startUp);
    }
}
