package dev.postmaster.core;

import dev.postmaster.core.PmAction.Signal;
import dev.postmaster.core.PmEvent.ChildExited;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Leads a postmaster that stops to the end of it, by letting one child after the other leave. */
final class ShutdownWalk {
    private static final int LONGEST = 60;

    private ShutdownWalk() {}

    /** How children leave. */
    enum Manner {
        EXIT_0,
        EXIT_1,
        KILLED,
        NEVER_LAUNCHED;

        private PmEvent of(Pm pm, ChildKind kind) {
            return switch (this) {
                case EXIT_0 -> end(pm, kind, new ExitStatus.Code(0));
                case EXIT_1 -> end(pm, kind, new ExitStatus.Code(1));
                case KILLED -> end(pm, kind, new ExitStatus.Killed(Sig.KILL.number()));
                case NEVER_LAUNCHED -> neverLaunched(pm, kind);
            };
        }
    }

    /**
     * Children leave whether they were told to or not, all in the same manner. Returns whether the postmaster exits.
     *
     * @param known states from which this manner was seen to end well; grows
     */
    static boolean endsWhenAllLeave(Pm asked, Manner manner, Set<Pm> known) {
        Pm pm = asked;
        Set<Pm> passed = new HashSet<>();
        while (pm.state() != PmState.NO_CHILDREN && !known.contains(pm)) {
            Optional<ChildKind> next = somebody(pm, EnumSet.allOf(ChildKind.class));
            if (next.isEmpty() || !passed.add(pm)) {
                return false;
            }
            pm = Transition.step(pm, manner.of(pm, next.get())).next();
        }
        known.addAll(passed);
        return true;
    }

    /**
     * Children leave only if told to, by a signal that their kind obeys; clients in a smart shutdown leave by themselves
     * as well. Returns who is waited for in vain, if anybody is.
     *
     * @param first the step that began the stop
     */
    static Set<ChildKind> waitedForInVain(Step first) {
        boolean smart = first.next().shutdown() == ShutdownMode.SMART;
        Set<ChildKind> leaving = smart ? EnumSet.of(ChildKind.BACKEND) : EnumSet.noneOf(ChildKind.class);
        Step step = first;
        for (int i = 0; i < LONGEST && isStopping(step.next()); i++) {
            listen(leaving, step);
            Optional<ChildKind> next = somebody(step.next(), leaving);
            if (next.isEmpty()) {
                return step.next().census().living().keySet();
            }
            ExitStatus status = new ExitStatus.Code(step.next().everybodyWasQuit() ? 2 : 0);
            step = Transition.step(step.next(), end(step.next(), next.get(), status));
        }
        return isStopping(step.next()) ? EnumSet.allOf(ChildKind.class) : Set.of();
    }

    private static boolean isStopping(Pm pm) {
        return pm.state().isStopping() && pm.state() != PmState.NO_CHILDREN;
    }

    private static void listen(Set<ChildKind> leaving, Step step) {
        for (PmAction action : step.actions()) {
            if (action instanceof PmAction.Launch(ChildKind kind)) {
                leaving.remove(kind);
            }
            if (action instanceof Signal(Set<ChildKind> kinds, boolean walSenders, Sig signal)) {
                kinds.stream().filter(kind -> obeys(kind, signal)).forEach(leaving::add);
            }
        }
    }

    /** Section 4.2. The archiver outlasts SIGTERM for a minute, the checkpointer for ever. */
    private static boolean obeys(ChildKind kind, Sig signal) {
        return switch (signal) {
            case QUIT, KILL, ABRT -> true;
            case TERM -> kind != ChildKind.CHECKPOINTER && kind != ChildKind.ARCHIVER;
            case USR2 -> kind == ChildKind.CHECKPOINTER || kind == ChildKind.ARCHIVER || kind == ChildKind.BACKEND;
            case HUP, INT, ILL, BUS, FPE, SEGV, USR1, PIPE, CHLD, CONT, STOP, PWR -> false;
        };
    }

    private static PmEvent end(Pm pm, ChildKind kind, ExitStatus status) {
        return new ChildExited(kind, Events.PID, status, SlotFate.GIVEN_BACK, role(pm, kind), Events.CHANCE);
    }

    private static BackendRole role(Pm pm, ChildKind kind) {
        return kind == ChildKind.BACKEND ? Events.somebody(pm.census()) : BackendRole.SESSION;
    }

    /** What was launched long ago has to end in another way. */
    private static PmEvent neverLaunched(Pm pm, ChildKind kind) {
        BackendRole role = role(pm, kind);
        return switch (role) {
            case SESSION -> Events.launchFailed(kind);
            case STARTING -> new PmEvent.SpareNotLaunched(Events.CHANCE);
            case WAITING, PASSED_OVER, WAL_SENDER -> Events.backendExited(role, new ExitStatus.Code(0));
        };
    }

    private static Optional<ChildKind> somebody(Pm pm, Set<ChildKind> among) {
        return among.stream()
                .filter(kind -> kind != ChildKind.SYSLOGGER && pm.census().has(kind))
                .findFirst();
    }
}
