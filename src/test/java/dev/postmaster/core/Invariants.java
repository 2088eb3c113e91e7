package dev.postmaster.core;

import static dev.postmaster.core.PmState.NO_CHILDREN;
import static dev.postmaster.core.PmState.WAIT_DEAD_END;

import dev.postmaster.core.PmEvent.ChildExited;
import dev.postmaster.core.PmEvent.ClientReady;
import dev.postmaster.core.PmEvent.LaunchFailed;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What holds whatever happens. Plain checks, because they run some million times. */
final class Invariants {
    private Invariants() {}

    /** Of a postmaster between two events. */
    static void holdIn(Pm pm) {
        Census census = pm.census();
        PmSettings settings = pm.settings();
        boolean startup = census.has(ChildKind.STARTUP);
        String wrong =
                switch (pm.state()) {
                    case INIT -> census.isDeserted() ? "" : "children before the beginning";
                    case STARTUP, RECOVERY -> startup ? "" : "recovery without a startup process";
                    case HOT_STANDBY ->
                        startup || pm.shutdown() == ShutdownMode.SMART ? "" : "recovery without a startup process";
                    case RUN -> startup ? "a startup process in normal operation" : "";
                    case STOP_BACKENDS -> "a passing phase lasts";
                    case WAIT_BACKENDS ->
                        census.hasAnyOf(StopWave.BACKENDS) || census.has(ChildKind.CHECKPOINTER)
                                ? ""
                                : "waiting for nobody";
                    case SHUTDOWN ->
                        census.has(ChildKind.CHECKPOINTER) && !census.hasAnyOf(StopWave.BACKENDS)
                                ? ""
                                : "no shutdown checkpoint on its way";
                    case SHUTDOWN_2 ->
                        census.hasAnyOf(StopWave.ARCHIVAL)
                                        && !census.hasAnyOf(StopWave.BACKENDS)
                                        && !census.hasAnyOf(StopWave.CHECKPOINT)
                                ? ""
                                : "not only the last readers of the log";
                    case WAIT_DEAD_END -> census.isDeserted() ? "waiting for nobody" : "";
                    case NO_CHILDREN -> census.isDeserted() ? "" : "left somebody behind";
                };
        require(wrong.isEmpty(), wrong, pm);
        boolean waits = pm.state().isStopping() && pm.state() != NO_CHILDREN;
        require(!waits || !pm.awaited().isEmpty(), "cannot say whom it waits for", pm);
        require(settings.launchable().containsAll(census.living().keySet()), "launched the impossible", pm);
        int spares = settings.spares().max() + settings.spares().startingAtOnce();
        require(census.spares() <= spares, "too many spares", pm);
        require(census.count(ChildKind.BACKEND) <= settings.backendProcesses(), "too many backends", pm);
        require(census.count(ChildKind.AV_WORKER) <= settings.autovacuumWorkers(), "too many workers", pm);
        require(census.count(ChildKind.BGWORKER) <= settings.workerSlots(), "too many background workers", pm);
    }

    /** Of the answer to one event. */
    static void holdFor(Pm before, PmEvent event, Step step) {
        Pm after = step.next();
        List<PmAction> actions = step.actions();
        childrenAreAccountedFor(before, event, step);
        timersAreAskedFor(before, step);
        require(after.shutdown().atLeast(before.shutdown()), "de-escalated", event);
        boolean stopsOn = before.state().isStopping() && after.state().isStopping();
        require(!stopsOn || !before.fatalError() || after.fatalError(), "forgot the crash", event);
        require(
                has(actions, PmAction.Exit.class) == (before.state() != NO_CHILDREN && after.state() == NO_CHILDREN),
                "exit is said once, at the end",
                event);
        require(
                has(actions, PmAction.StopAccepting.class) == comesToWaitDeadEnd(before, step),
                "accepting stops with the last wait",
                event);
        if (event instanceof ClientReady) {
            int answers = count(actions, PmAction.Refuse.class)
                    + count(actions, PmAction.LaunchBackend.class)
                    + count(actions, PmAction.HandOver.class)
                    + count(actions, PmAction.Wait.class);
            require(answers == 1, "a client gets one answer", event);
        }
        if (event instanceof PmEvent.WorkerDue && before.state() != NO_CHILDREN) {
            require(
                    has(actions, PmAction.RefuseWorker.class) != has(actions, PmAction.LaunchWorker.class),
                    "a worker is launched or not",
                    event);
        }
        if (event instanceof ChildExited && before.state() != NO_CHILDREN) {
            require(has(actions, PmAction.ReportExit.class), "an end goes unreported", event);
        }
        if (event instanceof LaunchFailed(ChildKind kind, double chance)) {
            require(!actions.contains(new PmAction.Launch(kind)), "tried again in the same step", event);
        }
        int quit = actions.indexOf(PmAction.Signal.toEverybody(Sig.QUIT));
        require(
                quit < 0 || actions.get(quit - 1) instanceof PmAction.SetQuitReason,
                "the reason comes before the signal",
                event);
    }

    private static void childrenAreAccountedFor(Pm before, PmEvent event, Step step) {
        if (before.state() == NO_CHILDREN) {
            return;
        }
        Map<ChildKind, Integer> expected = new EnumMap<>(ChildKind.class);
        expected.putAll(before.census().living());
        if (event instanceof ChildExited exit) {
            expected.merge(exit.kind(), -1, Integer::sum);
        } else if (event instanceof LaunchFailed(ChildKind kind, double chance)) {
            expected.merge(kind, -1, Integer::sum);
        } else if (event instanceof PmEvent.SpareNotLaunched) {
            expected.merge(ChildKind.BACKEND, -1, Integer::sum);
        }
        for (PmAction action : step.actions()) {
            if (action instanceof PmAction.Launch(ChildKind kind)) {
                expected.merge(kind, 1, Integer::sum);
            } else if (action instanceof PmAction.LaunchBackend || action instanceof PmAction.LaunchSpare) {
                expected.merge(ChildKind.BACKEND, 1, Integer::sum);
            } else if (action instanceof PmAction.LaunchWorker) {
                expected.merge(ChildKind.BGWORKER, 1, Integer::sum);
            }
        }
        expected.values().removeIf(count -> count == 0);
        require(step.next().census().living().equals(expected), "lost count of somebody", event);
    }

    private static void timersAreAskedFor(Pm before, Step step) {
        Pm after = step.next();
        List<PmAction> actions = step.actions();
        require(
                before.crash().killTimer()
                        || !after.crash().killTimer()
                        || actions.contains(new PmAction.StartKillTimer()),
                "the kill timer was never started",
                step);
        Duration time = after.settings().ladder().after(after.shutdown());
        require(
                after.shutdown() == before.shutdown()
                        || time.isZero()
                        || actions.contains(new PmAction.StartShutdownTimer(after.shutdown(), time)),
                "a stronger shutdown without its timer",
                step);
        for (ChildKind kind : after.launches().resting()) {
            require(
                    before.launches().resting().contains(kind) || endOfRest(actions, kind),
                    "somebody rests for ever",
                    step);
        }
    }

    private static boolean endOfRest(List<PmAction> actions, ChildKind kind) {
        return kind == ChildKind.ARCHIVER
                ? actions.contains(new PmAction.StartArchiverTimer())
                : actions.stream()
                        .anyMatch(action -> action instanceof PmAction.RelaunchLater later && later.kind() == kind);
    }

    /** It may be over at once, so that the same step leads on to the exit or to a new beginning. */
    private static boolean comesToWaitDeadEnd(Pm before, Step step) {
        boolean passed = has(step.actions(), PmAction.Exit.class) || has(step.actions(), PmAction.Reinitialize.class);
        return before.state() != WAIT_DEAD_END && (passed || step.next().state() == WAIT_DEAD_END);
    }

    private static boolean has(List<PmAction> actions, Class<? extends PmAction> which) {
        int count = count(actions, which);
        require(count <= 1, "said twice", actions);
        return count == 1;
    }

    private static int count(List<PmAction> actions, Class<? extends PmAction> which) {
        int count = 0;
        for (PmAction action : actions) {
            if (which.isInstance(action)) {
                count++;
            }
        }
        return count;
    }

    private static void require(boolean holds, String what, Object where) {
        if (!holds) {
            throw new AssertionError(what + ": " + where);
        }
    }
}
