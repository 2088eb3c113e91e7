package dev.postmaster.core;

import static dev.postmaster.core.PmState.NO_CHILDREN;
import static dev.postmaster.core.PmState.SHUTDOWN;
import static dev.postmaster.core.PmState.SHUTDOWN_2;
import static dev.postmaster.core.PmState.STARTUP;
import static dev.postmaster.core.PmState.STOP_BACKENDS;
import static dev.postmaster.core.PmState.WAIT_BACKENDS;
import static dev.postmaster.core.PmState.WAIT_DEAD_END;

import java.util.EnumSet;
import java.util.Set;

/**
 * All that the postmaster decides from. Three of PostgreSQL's variables are not here because they follow from the rest:
 * connsAllowed is "no shutdown was requested", StartupStatus RUNNING is in the census, and SIGNALED is "the startup
 * process lives and the system is stopping".
 */
public record Pm(
        PmState state, ShutdownMode shutdown, CrashCycle crash, Census census, Launches launches, PmSettings settings) {

    private static final Set<PmState> POSSIBLE_WITH_FATAL_ERROR =
            EnumSet.of(STARTUP, STOP_BACKENDS, WAIT_BACKENDS, SHUTDOWN_2, WAIT_DEAD_END, NO_CHILDREN);

    /** Throws {@link IllegalStateException} for what cannot be. */
    public Pm {
        boolean stopping = state.isStopping();
        refuse(crash.fatalError() && !POSSIBLE_WITH_FATAL_ERROR.contains(state), "a crash cycle", state);
        refuse(stopping && shutdown == ShutdownMode.NONE && !crash.fatalError(), "no reason to stop", state);
        refuse(!stopping && shutdown == ShutdownMode.SMART && !state.servesSessions(), "a smart shutdown", state);
        refuse(!stopping && shutdown.atLeast(ShutdownMode.FAST), "a shutdown that waits for nobody", state);
        refuse(!stopping && crash.startupCrashed(), "a failed startup process", state);
        refuse(!stopping && crash.killTimer(), "a running kill timer", state);
    }

    private static void refuse(boolean impossible, String what, PmState state) {
        if (impossible) {
            throw new IllegalStateException(what + " in " + state.pgName());
        }
    }

    /** The postmaster before it has done anything. */
    public static Pm initial(PmSettings settings) {
        return new Pm(PmState.INIT, ShutdownMode.NONE, CrashCycle.NONE, Census.EMPTY, Launches.NONE, settings);
    }

    /** Whether a crash cycle goes on: from the crash until redo starts again. */
    public boolean fatalError() {
        return crash.fatalError();
    }

    Setbacks setbacks() {
        return launches.setbacks();
    }

    SpareDemand demand() {
        return launches.demand();
    }

    /** What a client that comes now is told (PM-53). */
    public CacState admission() {
        return AcceptRules.verdict(this, 1);
    }

    /**
     * Whether the crash that everybody is leaving for is one too many, so that the postmaster will end and not start over
     * ({@code crash_restart_limit}).
     */
    public boolean hasSpentItsRestarts() {
        return fatalError()
                && state.isStopping()
                && settings.restart().isLastCrash(setbacks().crashes() + 1);
    }

    /** The living kinds whose next move this phase waits for; empty if it waits for no child. */
    public Set<ChildKind> awaited() {
        return WaitRules.awaited(this);
    }

    /** Whether no shutdown checkpoint will be written: everybody goes at once, the next start recovers. */
    boolean isAborting() {
        return fatalError() || shutdown == ShutdownMode.IMMEDIATE;
    }

    /** Whether everybody was sent SIGQUIT, so that unclean ends are no news (take_action of PM-43, negated). */
    boolean everybodyWasQuit() {
        return isAborting() && state.isStopping();
    }

    /**
     * Where everybody's SIGQUIT leads (PM-21, PM-25). Phases in which nobody of the first wave can be left are kept:
     * PostgreSQL's immediate shutdown goes back even from there, only to come forward again at once.
     */
    PmState stateAfterQuit() {
        return state.isBefore(WAIT_BACKENDS) || state == SHUTDOWN ? WAIT_BACKENDS : state;
    }

    Pm withState(PmState newState) {
        return new Pm(newState, shutdown, crash, census, launches, settings);
    }

    /** Shutting down in this mode at least, in this phase. */
    Pm shuttingDown(ShutdownMode mode, PmState newState) {
        ShutdownMode strongest = shutdown.atLeast(mode) ? shutdown : mode;
        return new Pm(newState, strongest, crash, census, launches, settings);
    }

    /** A child crashed (PM-45). */
    Pm crashed() {
        CrashCycle crashed = crash.crashed(shutdown != ShutdownMode.IMMEDIATE);
        return new Pm(stateAfterQuit(), shutdown, crashed, census, launches, settings);
    }

    /** And it was the startup process, by itself. */
    Pm withStartupCrashed() {
        return withCrash(crash.withStartupCrashed());
    }

    /** The startup process is about to be launched, at first or again (PM-10, PM-50). */
    Pm starting() {
        return new Pm(STARTUP, shutdown, crash.startingOver(), census, launches, settings);
    }

    /** The crash, if there was one, is over (PM-11, PM-13). */
    Pm recovered(PmState newState) {
        return new Pm(newState, shutdown, CrashCycle.NONE, census, launches, settings);
    }

    Pm withKillTimer(boolean running) {
        return withCrash(crash.withKillTimer(running));
    }

    private Pm withCrash(CrashCycle newCrash) {
        return new Pm(state, shutdown, newCrash, census, launches, settings);
    }

    Pm withCensus(Census newCensus) {
        return new Pm(state, shutdown, crash, newCensus, launches, settings);
    }

    private Pm withLaunches(Launches newLaunches) {
        return new Pm(state, shutdown, crash, census, newLaunches, settings);
    }

    Pm withSetbacks(Setbacks newSetbacks) {
        return withLaunches(launches.withSetbacks(newSetbacks));
    }

    Pm withDemand(SpareDemand newDemand) {
        return withLaunches(launches.withDemand(newDemand));
    }

    Pm withSettings(PmSettings newSettings) {
        return new Pm(state, shutdown, crash, census, launches, newSettings);
    }

    /** A child of this kind is being launched. */
    Pm launching(ChildKind kind) {
        return new Pm(state, shutdown, crash, census.plus(kind), launches.launching(kind), settings);
    }

    Pm wanting(ChildKind kind) {
        return withLaunches(launches.wanting(kind));
    }

    Pm resting(ChildKind kind) {
        return withLaunches(launches.resting(kind));
    }

    /** These kinds may be launched again. */
    Pm rested(Set<ChildKind> kinds) {
        return withLaunches(launches.rested(kinds));
    }
}
