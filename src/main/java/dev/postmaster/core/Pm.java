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
 *
 * @param fatalError a crash cycle goes on: from the crash until redo starts again (FatalError)
 * @param startupCrashed the startup process failed by itself, so that starting over makes no sense (STARTUP_CRASHED)
 * @param killTimer the clock of 5 seconds runs after which SIGKILL follows SIGQUIT (AbortStartTime)
 * @param wanted the kinds that a child has asked for and that are not launched yet (start_autovac_launcher,
 *     WalReceiverRequested)
 * @param resting the kinds that are not launched for now: the archiver for 10 seconds after a start, others for a
 *     pause after a failure
 * @param setbacks what went wrong lately
 * @param demand how many spare backends the clients of late would have needed
 */
public record Pm(
        PmState state,
        ShutdownMode shutdown,
        boolean fatalError,
        boolean startupCrashed,
        boolean killTimer,
        Census census,
        Set<ChildKind> wanted,
        Set<ChildKind> resting,
        Setbacks setbacks,
        SpareDemand demand,
        PmSettings settings) {

    private static final Set<PmState> POSSIBLE_WITH_FATAL_ERROR =
            EnumSet.of(STARTUP, STOP_BACKENDS, WAIT_BACKENDS, SHUTDOWN_2, WAIT_DEAD_END, NO_CHILDREN);

    /** Throws {@link IllegalStateException} for what cannot be. */
    public Pm {
        wanted = Set.copyOf(wanted);
        resting = Set.copyOf(resting);
        boolean stopping = state.isStopping();
        refuse(fatalError && !POSSIBLE_WITH_FATAL_ERROR.contains(state), "a crash cycle", state);
        refuse(stopping && shutdown == ShutdownMode.NONE && !fatalError, "no reason to stop", state);
        refuse(!stopping && shutdown == ShutdownMode.SMART && !state.servesSessions(), "a smart shutdown", state);
        refuse(!stopping && shutdown.atLeast(ShutdownMode.FAST), "a shutdown that waits for nobody", state);
        refuse(!stopping && startupCrashed, "a failed startup process", state);
        refuse(!stopping && killTimer, "a running kill timer", state);
    }

    private static void refuse(boolean impossible, String what, PmState state) {
        if (impossible) {
            throw new IllegalStateException(what + " in " + state.pgName());
        }
    }

    /** The postmaster before it has done anything. */
    public static Pm initial(PmSettings settings) {
        return new Pm(
                PmState.INIT,
                ShutdownMode.NONE,
                false,
                false,
                false,
                Census.EMPTY,
                Set.of(),
                Set.of(),
                Setbacks.NONE,
                SpareDemand.NONE,
                settings);
    }

    /** What a client that comes now is told (PM-53). */
    public CacState admission() {
        return AcceptRules.verdict(this);
    }

    /**
     * Whether the crash that everybody is leaving for is one too many, so that the postmaster will end and not start over
     * ({@code crash_restart_limit}).
     */
    public boolean hasSpentItsRestarts() {
        return fatalError && state.isStopping() && settings.restart().isLastCrash(setbacks.crashes() + 1);
    }

    /** The living kinds whose next move this phase waits for; empty if it waits for no child. */
    public Set<ChildKind> awaited() {
        return WaitRules.awaited(this);
    }

    /** Whether no shutdown checkpoint will be written: everybody goes at once, the next start recovers. */
    boolean isAborting() {
        return fatalError || shutdown == ShutdownMode.IMMEDIATE;
    }

    /** Whether everybody was sent SIGQUIT, so that unclean ends are no news (take_action of PM-43, negated). */
    boolean everybodyWasQuit() {
        return isAborting() && state.isStopping();
    }

    Pm withState(PmState newState) {
        return new Pm(
                newState,
                shutdown,
                fatalError,
                startupCrashed,
                killTimer,
                census,
                wanted,
                resting,
                setbacks,
                demand,
                settings);
    }

    /** Shutting down in this mode at least, in this phase. */
    Pm shuttingDown(ShutdownMode mode, PmState newState) {
        ShutdownMode strongest = shutdown.atLeast(mode) ? shutdown : mode;
        return new Pm(
                newState,
                strongest,
                fatalError,
                startupCrashed,
                killTimer,
                census,
                wanted,
                resting,
                setbacks,
                demand,
                settings);
    }

    /** A child crashed (PM-45). */
    Pm crashed() {
        boolean fatal = shutdown != ShutdownMode.IMMEDIATE || fatalError;
        return new Pm(
                stateAfterQuit(),
                shutdown,
                fatal,
                startupCrashed,
                killTimer,
                census,
                wanted,
                resting,
                setbacks,
                demand,
                settings);
    }

    /** And it was the startup process, by itself. */
    Pm withStartupCrashed() {
        return new Pm(
                state, shutdown, fatalError, true, killTimer, census, wanted, resting, setbacks, demand, settings);
    }

    /**
     * Where everybody's SIGQUIT leads (PM-21, PM-25). Phases in which nobody of the first wave can be left are kept:
     * PostgreSQL's immediate shutdown goes back even from there, only to come forward again at once.
     */
    PmState stateAfterQuit() {
        return state.isBefore(WAIT_BACKENDS) || state == SHUTDOWN ? WAIT_BACKENDS : state;
    }

    /** The startup process is about to be launched, at first or again (PM-10, PM-50). */
    Pm starting() {
        return new Pm(STARTUP, shutdown, fatalError, false, false, census, wanted, resting, setbacks, demand, settings);
    }

    /** The crash, if there was one, is over (PM-11, PM-13). */
    Pm recovered(PmState newState) {
        return new Pm(
                newState, shutdown, false, startupCrashed, false, census, wanted, resting, setbacks, demand, settings);
    }

    Pm withKillTimer(boolean running) {
        return new Pm(
                state,
                shutdown,
                fatalError,
                startupCrashed,
                running,
                census,
                wanted,
                resting,
                setbacks,
                demand,
                settings);
    }

    Pm withCensus(Census newCensus) {
        return new Pm(
                state,
                shutdown,
                fatalError,
                startupCrashed,
                killTimer,
                newCensus,
                wanted,
                resting,
                setbacks,
                demand,
                settings);
    }

    Pm withSetbacks(Setbacks newSetbacks) {
        return new Pm(
                state,
                shutdown,
                fatalError,
                startupCrashed,
                killTimer,
                census,
                wanted,
                resting,
                newSetbacks,
                demand,
                settings);
    }

    Pm withDemand(SpareDemand newDemand) {
        return new Pm(
                state,
                shutdown,
                fatalError,
                startupCrashed,
                killTimer,
                census,
                wanted,
                resting,
                setbacks,
                newDemand,
                settings);
    }

    Pm withSettings(PmSettings newSettings) {
        return new Pm(
                state,
                shutdown,
                fatalError,
                startupCrashed,
                killTimer,
                census,
                wanted,
                resting,
                setbacks,
                demand,
                newSettings);
    }

    /** A child of this kind is being launched, so nobody has to ask for it any more. */
    Pm launching(ChildKind kind) {
        Set<ChildKind> others = without(wanted, Set.of(kind));
        return new Pm(
                state,
                shutdown,
                fatalError,
                startupCrashed,
                killTimer,
                census.plus(kind),
                others,
                resting,
                setbacks,
                demand,
                settings);
    }

    Pm wanting(ChildKind kind) {
        Set<ChildKind> kinds = with(wanted, kind);
        return new Pm(
                state,
                shutdown,
                fatalError,
                startupCrashed,
                killTimer,
                census,
                kinds,
                resting,
                setbacks,
                demand,
                settings);
    }

    Pm resting(ChildKind kind) {
        Set<ChildKind> kinds = with(resting, kind);
        return new Pm(
                state,
                shutdown,
                fatalError,
                startupCrashed,
                killTimer,
                census,
                wanted,
                kinds,
                setbacks,
                demand,
                settings);
    }

    /** These kinds may be launched again. */
    Pm rested(Set<ChildKind> kinds) {
        Set<ChildKind> others = without(resting, kinds);
        return new Pm(
                state,
                shutdown,
                fatalError,
                startupCrashed,
                killTimer,
                census,
                wanted,
                others,
                setbacks,
                demand,
                settings);
    }

    private static Set<ChildKind> with(Set<ChildKind> kinds, ChildKind one) {
        Set<ChildKind> more = EnumSet.of(one);
        more.addAll(kinds);
        return more;
    }

    private static Set<ChildKind> without(Set<ChildKind> kinds, Set<ChildKind> some) {
        Set<ChildKind> less = EnumSet.noneOf(ChildKind.class);
        less.addAll(kinds);
        less.removeAll(some);
        return less;
    }
}
