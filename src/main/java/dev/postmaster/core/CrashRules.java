package dev.postmaster.core;

import dev.postmaster.core.PmAction.QuitReason;
import dev.postmaster.core.PmAction.Say;
import dev.postmaster.core.PmAction.SetQuitReason;
import dev.postmaster.core.PmAction.Signal;
import dev.postmaster.core.PmAction.StartKillTimer;

/** What a crash does to everybody else (3.6). */
final class CrashRules {
    private CrashRules() {}

    /** A child crashed whose crash is everybody's (PM-43, PM-45). */
    static Step crashed(Pm pm) {
        Step crashed = pm.everybodyWasQuit()
                ? Step.of(pm.crashed())
                : Step.of(pm.crashed(), new Say("terminating any other active server processes"))
                        .then(next -> quitEverybody(next, QuitReason.CRASH));
        return crashed.then(CrashRules::startKillTimer);
    }

    static Step quitEverybody(Pm pm, QuitReason reason) {
        boolean cores = reason == QuitReason.CRASH && pm.settings().sendAbortForCrash();
        return Step.of(pm, new SetQuitReason(reason), Signal.toEverybody(cores ? Sig.ABRT : Sig.QUIT))
                .then(CrashRules::startKillTimer);
    }

    private static Step startKillTimer(Pm pm) {
        return pm.crash().killTimer() ? Step.of(pm) : Step.of(pm.withKillTimer(true), new StartKillTimer());
    }

    /**
     * The startup process failed by itself: starting over would fail again. Told to go, it may end as it likes, and the
     * next one decides (PM-48).
     */
    static Step startupFailed(Pm pm) {
        return pm.state().isStopping() ? crashed(pm) : crashed(pm).then(next -> Step.of(next.withStartupCrashed()));
    }

    /** As {@link #startupFailed}, but trying again is pointless in every case (CK-16), and a shutdown needs none. */
    static Step startupNotLaunched(Pm pm) {
        return pm.shutdown() == ShutdownMode.NONE
                ? crashed(pm).then(next -> Step.of(next.withStartupCrashed()))
                : Step.of(pm);
    }

    /** PM-47. */
    static Step killTimerExpired(Pm pm) {
        if (!pm.crash().killTimer()) {
            return Step.of(pm);
        }
        Sig kill = pm.settings().sendAbortForKill() ? Sig.ABRT : Sig.KILL;
        return Step.of(
                pm.withKillTimer(false),
                new Say("issuing SIG" + kill + " to recalcitrant children"),
                Signal.toEverybody(kill));
    }
}
