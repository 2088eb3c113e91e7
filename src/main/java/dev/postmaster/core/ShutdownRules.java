package dev.postmaster.core;

import static dev.postmaster.core.PmState.STOP_BACKENDS;

import dev.postmaster.core.PmAction.NotifyStopping;
import dev.postmaster.core.PmAction.QuitReason;
import dev.postmaster.core.PmAction.Say;
import dev.postmaster.core.PmAction.SetQuitReason;
import dev.postmaster.core.PmAction.Signal;
import dev.postmaster.core.PmAction.StartKillTimer;
import dev.postmaster.core.PmAction.Status;
import dev.postmaster.core.PmAction.WriteStatus;
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
                        new Say("received " + mode.name().toLowerCase(Locale.ROOT) + " shutdown request"),
                        new WriteStatus(Status.STOPPING),
                        new NotifyStopping())
                .then(next -> obey(next, mode));
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
