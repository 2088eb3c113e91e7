package dev.postmaster.core;

/**
 * How far a crash has got, if there was one.
 *
 * @param fatalError a crash cycle goes on: from the crash until redo starts again (FatalError)
 * @param startupCrashed the startup process failed by itself, so that starting over makes no sense (STARTUP_CRASHED)
 * @param killTimer the clock of 5 seconds runs after which SIGKILL follows SIGQUIT (AbortStartTime); an immediate
 *     shutdown starts it too
 */
public record CrashCycle(boolean fatalError, boolean startupCrashed, boolean killTimer) {
    static final CrashCycle NONE = new CrashCycle(false, false, false);

    /** A child crashed; where everybody was told to go anyhow, that is no news. */
    CrashCycle crashed(boolean isNews) {
        return new CrashCycle(fatalError || isNews, startupCrashed, killTimer);
    }

    CrashCycle withStartupCrashed() {
        return new CrashCycle(fatalError, true, killTimer);
    }

    CrashCycle withKillTimer(boolean running) {
        return new CrashCycle(fatalError, startupCrashed, running);
    }

    /** Everybody is gone, and a startup process is about to be launched. */
    CrashCycle startingOver() {
        return new CrashCycle(fatalError, false, false);
    }
}
