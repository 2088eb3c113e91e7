package dev.postmaster.core;

import static dev.postmaster.core.PmState.STOP_BACKENDS;

import dev.postmaster.core.PmAction.NotifyStopping;
import dev.postmaster.core.PmAction.QuitReason;
import dev.postmaster.core.PmAction.Say;
import dev.postmaster.core.PmAction.SetQuitReason;
import dev.postmaster.core.PmAction.Signal;
import dev.postmaster.core.PmAction.StartKillTimer;
import dev.postmaster.core.PmAction.StartShutdownTimer;
import dev.postmaster.core.PmAction.Status;
import dev.postmaster.core.PmAction.WriteStatus;
import java.time.Duration;
import java.util.Locale;

/** What a request to shut down changes; the rest is waiting, see {@link AdvanceRules} (PM-38 to PM-42). */
final class ShutdownRules {
    private ShutdownRules() {}

    /** Requests only escalate. */
    static Step request(Pm pm, ShutdownMode mode) {
        if (pm.shutdown().atLeast(mode)) {
            return Step.of(pm);
        }
        return Step.of(
                        pm,
                        new Say("received " + word(mode) + " shutdown request"),
                        new WriteStatus(Status.STOPPING),
                        new NotifyStopping())
                .then(next -> obey(next, mode));
    }

    /**
     * Somebody does not leave, and whoever asked may not be able to ask again. A timer that runs out late, after a
     * stronger request, hurts nobody.
     */
    static Step timedOut(Pm pm, ShutdownMode mode) {
        if (pm.shutdown() != mode) {
            return Step.of(pm);
        }
        return switch (mode) {
            case SMART -> escalate(pm, mode, ShutdownMode.FAST);
            case FAST -> escalate(pm, mode, ShutdownMode.IMMEDIATE);
            case NONE, IMMEDIATE -> Step.of(pm);
        };
    }

    private static Step escalate(Pm pm, ShutdownMode mode, ShutdownMode next) {
        Say why = new Say("%1$s shutdown has not ended within %1$s_shutdown_timeout; going on with %2$s shutdown"
                .formatted(word(mode), word(next)));
        return Step.of(pm, why).then(waiting -> obey(waiting, next));
    }

    /** Whatever made the shutdown stronger, its time starts now. */
    static Step startClock(ShutdownMode before, Pm pm) {
        Duration time = pm.settings().ladder().after(pm.shutdown());
        return pm.shutdown() == before || time.isZero()
                ? Step.of(pm)
                : Step.of(pm, new StartShutdownTimer(pm.shutdown(), time));
    }

    private static String word(ShutdownMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private static Step obey(Pm pm, ShutdownMode mode) {
        if (pm.state() == PmState.INIT) {
            return AdvanceRules.stopAccepting(pm.shuttingDown(mode, PmState.WAIT_DEAD_END));
        }
        return switch (mode) {
            case NONE -> Step.of(pm);
            case SMART -> smart(pm);
            case FAST -> fast(pm);
            case IMMEDIATE -> immediate(pm);
        };
    }

    /** Sessions live on, and with them all that serves them (PM-19, PM-38). */
    private static Step smart(Pm pm) {
        boolean waitForSessions = pm.state().servesSessions() || pm.state().isStopping();
        return Step.of(pm.shuttingDown(ShutdownMode.SMART, waitForSessions ? pm.state() : STOP_BACKENDS));
    }

    /** PM-20. */
    private static Step fast(Pm pm) {
        if (pm.state().isStopping()) {
            return Step.of(pm.shuttingDown(ShutdownMode.FAST, pm.state()));
        }
        Step stopping = Step.of(pm.shuttingDown(ShutdownMode.FAST, STOP_BACKENDS));
        return pm.state().servesSessions() ? stopping.and(new Say("aborting any active transactions")) : stopping;
    }

    /** PM-21. */
    private static Step immediate(Pm pm) {
        Pm quit = pm.shuttingDown(ShutdownMode.IMMEDIATE, pm.stateAfterQuit()).withKillTimer(true);
        return Step.of(quit, new SetQuitReason(QuitReason.STOP), Signal.toEverybody(Sig.QUIT), new StartKillTimer());
    }

    /** The data directory may belong to somebody else now (DD-22). */
    static Step lockFileInvalid(Pm pm) {
        return Step.of(pm, new Say("performing immediate shutdown because data directory lock file is invalid"))
                .then(next -> request(next, ShutdownMode.IMMEDIATE));
    }
}
