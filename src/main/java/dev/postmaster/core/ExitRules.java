package dev.postmaster.core;

import dev.postmaster.core.PmAction.ReportExit;
import dev.postmaster.core.PmAction.Say;
import dev.postmaster.core.PmAction.Signal;
import dev.postmaster.core.PmEvent.ChildExited;

/** What the end of a child means (4.5). */
final class ExitRules {
    private ExitRules() {}

    static Step exited(Pm pm, ChildExited exit) {
        Pm without = pm.withCensus(pm.census().minus(exit.kind(), exit.role()));
        return switch (exit.kind()) {
            case SYSLOGGER -> sysloggerExited(without, exit);
            case STARTUP -> startupExited(without, exit);
            case CHECKPOINTER -> checkpointerExited(without, exit);
            case BACKEND, AV_LAUNCHER, AV_WORKER, BGWORKER, BGWRITER, ARCHIVER, WAL_WRITER, WAL_RECEIVER ->
                (endedWell(exit) ? forget(without, exit) : crashed(without, exit))
                        .then(next -> SpareRules.ended(next, exit));
        };
    }

    /** A program of somebody else may end as it likes: it had nothing of ours in its hands. */
    private static boolean endedWell(ChildExited exit) {
        return switch (exit.slot()) {
            case GIVEN_BACK -> exit.kind().endsWellWith(exit.status());
            case ABANDONED -> false;
            case NEVER_ATTACHED -> true;
        };
    }

    /** A background worker that fails is tried again later, which somebody should know about (SG-38). */
    private static Step forget(Pm pm, ChildExited exit) {
        boolean failed = exit.kind() == ChildKind.BGWORKER
                ? !exit.status().isCode(0)
                : !exit.kind().endsWellWith(exit.status());
        return report(pm, exit, failed && !pm.everybodyWasQuit() && !wentAsTold(pm, exit))
                .then(next -> RestartRules.left(next, exit.kind(), exit.chance()));
    }

    /** A program of somebody else that knows no better lets the signal end it which tells it to go. */
    private static boolean wentAsTold(Pm pm, ChildExited exit) {
        return exit.slot() == SlotFate.NEVER_ATTACHED
                && pm.state().isStopping()
                && exit.status().equals(new ExitStatus.Killed(Sig.TERM.number()));
    }

    private static Step crashed(Pm pm, ChildExited exit) {
        Step reported = report(pm, exit, !pm.everybodyWasQuit());
        return switch (pm.settings().crashScopeOf(exit.kind())) {
            case ISOLATED -> reported;
            case RESET -> reported.then(CrashRules::crashed);
        };
    }

    /** The successor, if it comes at once, comes before the obituary, so that the obituary is collected too (SG-36). */
    private static Step sysloggerExited(Pm pm, ChildExited exit) {
        boolean noteworthy = !exit.status().isCode(0);
        return RestartRules.loggerLeft(pm, exit.chance())
                .then(LaunchRules::launchMissing)
                .then(next -> report(next, exit, noteworthy));
    }

    /** Its work is done only when the shutdown checkpoint is written; any other end is a crash (PM-26). */
    private static Step checkpointerExited(Pm pm, ChildExited exit) {
        return pm.state() == PmState.SHUTDOWN && exit.status().isCode(0)
                ? report(pm, exit, false).then(AdvanceRules::finishArchiving)
                : crashed(pm, exit);
    }

    private static Step startupExited(Pm pm, ChildExited exit) {
        Step expected = report(pm, exit, false);
        if (exit.status().isCode(3)) {
            return expected.then(ExitRules::recoveryTargetReached);
        }
        if (exit.status().isCode(0)) {
            return expected.then(ExitRules::recoveryDone);
        }
        if (exit.status().isCode(1) && pm.shutdown() != ShutdownMode.NONE) {
            return expected;
        }
        return report(pm, exit, !pm.everybodyWasQuit()).then(CrashRules::startupFailed);
    }

    /**
     * PM-13, unless the system is to stop: then one child fewer is waited for, and that is all. PostgreSQL opens the system
     * even out of a crash (PM-49) and moves on even while sessions live (PM-23); see decisions 4 and 5.
     */
    private static Step recoveryDone(Pm pm) {
        boolean stop = pm.shutdown() != ShutdownMode.NONE || pm.state().isStopping();
        return stop ? Step.of(pm) : StartRules.open(pm);
    }

    /** PM-24. */
    private static Step recoveryTargetReached(Pm pm) {
        Say reached = new Say("shutdown at recovery target");
        if (pm.state().isStopping()) {
            return Step.of(pm.shuttingDown(ShutdownMode.SMART, pm.state()), reached);
        }
        return Step.of(
                pm.shuttingDown(ShutdownMode.SMART, PmState.WAIT_BACKENDS).recovered(PmState.WAIT_BACKENDS),
                reached,
                Signal.toEverybody(Sig.TERM));
    }

    private static Step report(Pm pm, ChildExited exit, boolean noteworthy) {
        return Step.of(pm, new ReportExit(exit.kind(), exit.pid(), exit.status(), noteworthy));
    }
}
