package dev.postmaster.core;

import static java.util.stream.Collectors.joining;

import dev.postmaster.core.PmEvent.ChildExited;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Draws the phases of the state machine and every way between them: as Mermaid and as a table, and as a module of the page. */
final class Diagram {
    /** From one phase to another. */
    private record Edge(PmState from, PmState to) implements Comparable<Edge> {
        @Override
        public int compareTo(Edge other) {
            int byFrom = from.compareTo(other.from);
            return byFrom == 0 ? to.compareTo(other.to) : byFrom;
        }
    }

    private final Map<Edge, Set<String>> edges = new TreeMap<>();

    /** Draws what can happen from here. */
    Diagram explore(Pm beginning) {
        Explorer.explore(beginning, (pm, event, step) -> draw(pm, event));
        return this;
    }

    /** Adds the ways that exist only where there is no database. */
    Diagram exploreWithoutCluster(Pm beginning) {
        new Diagram().explore(beginning).edges.forEach((edge, labels) -> edges.putIfAbsent(edge, Set.of("no cluster")));
        return this;
    }

    private void draw(Pm pm, PmEvent event) {
        if (pm.state() == PmState.NO_CHILDREN) {
            return;
        }
        Pm heeded = Transition.heed(pm, event).next();
        if (heeded.state() != pm.state()) {
            draw(pm.state(), heeded.state(), cause(pm, event));
        }
        Pm moved = AdvanceRules.move(heeded).next();
        while (moved.state() != heeded.state()) {
            draw(heeded.state(), moved.state(), reason(heeded));
            heeded = moved;
            moved = AdvanceRules.move(heeded).next();
        }
    }

    private void draw(PmState from, PmState to, String label) {
        edges.computeIfAbsent(new Edge(from, to), edge -> new TreeSet<>()).add(label);
    }

    /** Fails for an event of which nobody knew that it changes the phase. */
    private static String cause(Pm pm, PmEvent event) {
        return switch (event) {
            case PmEvent.Begin() -> "start sequence done";
            case PmEvent.ShutdownRequested(ShutdownMode mode) -> mode.name().toLowerCase(Locale.ROOT);
            case PmEvent.ShutdownTimedOut(ShutdownMode mode) -> mode.name().toLowerCase(Locale.ROOT) + " timed out";
            case PmEvent.LockFileInvalid() -> "immediate";
            case PmEvent.RecoveryStarted() -> "redo begins";
            case PmEvent.BeginHotStandby() -> "consistent";
            case PmEvent.LaunchFailed(ChildKind kind, double chance) -> kind.backendType() + " cannot be launched";
            case ChildExited exit -> causeOfEnd(pm, exit.kind(), exit.status());
            case PmEvent.SettingsChanged changed -> throw unexpected(changed);
            case PmEvent.ClientReady ready -> throw unexpected(ready);
            case PmEvent.WorkerDue due -> throw unexpected(due);
            case PmEvent.RelaunchDue due -> throw unexpected(due);
            case PmEvent.SetbacksForgotten forgotten -> throw unexpected(forgotten);
            case PmEvent.BackendWaits waits -> throw unexpected(waits);
            case PmEvent.SpareOverdue overdue -> throw unexpected(overdue);
            case PmEvent.SpareNotLaunched failed -> throw unexpected(failed);
            case PmEvent.SpareLost(),
                    PmEvent.SparePeriodOver(),
                    PmEvent.ReloadRequested(),
                    PmEvent.RotateLogfile(),
                    PmEvent.StartAutovacLauncher(),
                    PmEvent.StartAutovacWorker(),
                    PmEvent.StartWalReceiver(),
                    PmEvent.WalSenderAppeared(),
                    PmEvent.PromoteRequested(),
                    PmEvent.KillTimerExpired(),
                    PmEvent.ArchiverRetryDue(),
                    PmEvent.WorkersChanged(),
                    PmEvent.WorkerRetryDue(),
                    PmEvent.CrashesForgotten() -> throw unexpected(event);
        };
    }

    private static AssertionError unexpected(PmEvent event) {
        return new AssertionError("changes the phase: " + event);
    }

    private static String causeOfEnd(Pm pm, ChildKind kind, ExitStatus status) {
        return status instanceof ExitStatus.Code(int code) && isMilestone(pm, kind, code)
                ? kind.backendType() + " exits " + code
                : "crash";
    }

    private static boolean isMilestone(Pm pm, ChildKind kind, int code) {
        boolean recoveryDone = kind == ChildKind.STARTUP && (code == 0 || code == 3);
        boolean checkpointDone = kind == ChildKind.CHECKPOINTER && pm.state() == PmState.SHUTDOWN && code == 0;
        return recoveryDone || checkpointDone;
    }

    /** Why a phase ends without an event of its own. */
    private static String reason(Pm pm) {
        return switch (pm.state()) {
            case HOT_STANDBY, RUN -> "smart, last session gone";
            case STOP_BACKENDS -> "at once";
            case WAIT_BACKENDS -> pm.isAborting() ? "all gone, crash or immediate" : "all gone";
            case SHUTDOWN_2, WAIT_DEAD_END -> "all gone";
            case NO_CHILDREN -> "start over";
            case INIT, STARTUP, RECOVERY, SHUTDOWN -> throw new AssertionError("left without an event: " + pm);
        };
    }

    String text() {
        return mermaid() + "\n" + table();
    }

    /** What the page draws its picture from: an ECMAScript module. */
    String module() {
        String phases = Arrays.stream(PmState.values())
                .map(state -> "  { name: \"%s\", stopping: %b },".formatted(state.pgName(), state.isStopping()))
                .collect(joining("\n"));
        String moves = edges.entrySet().stream()
                .map(way -> "  { from: \"%s\", to: \"%s\", cause: \"%s\" },"
                        .formatted(
                                way.getKey().from().pgName(),
                                way.getKey().to().pgName(),
                                String.join(" / ", way.getValue())))
                .collect(joining("\n"));
        return """
                // Written by DiagramTest, which has walked through every state. Do not edit.

                export const PHASES = [
                %s
                ];

                export const MOVES = [
                %s
                ];
                """.formatted(phases, moves);
    }

    private String mermaid() {
        String ways = edges.entrySet().stream()
                .map(way -> "    " + way.getKey().from().pgName() + " --> "
                        + way.getKey().to().pgName() + " : " + String.join(" / ", way.getValue()))
                .collect(joining("\n"));
        return """
                ```mermaid
                stateDiagram-v2
                    [*] --> PM_INIT
                %s
                    PM_NO_CHILDREN --> [*] : exit 0 or 1
                ```
                """.formatted(ways);
    }

    private static String table() {
        List<String> rows = Arrays.stream(PmState.values())
                .map(state -> "| `" + state.pgName() + "` | `" + state + "` | " + state.waitsFor() + " |")
                .toList();
        return "| PostgreSQL | here | waits for |\n|---|---|---|\n" + String.join("\n", rows) + "\n";
    }
}
