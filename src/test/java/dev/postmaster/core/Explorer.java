package dev.postmaster.core;

import dev.postmaster.core.PmEvent.ChildExited;
import dev.postmaster.core.PmEvent.LaunchFailed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** Walks through everything that can happen to a postmaster. */
final class Explorer {
    private static final List<ExitStatus> EXITS = List.of(
            new ExitStatus.Code(0),
            new ExitStatus.Code(1),
            new ExitStatus.Code(2),
            new ExitStatus.Code(3),
            new ExitStatus.Killed(Sig.KILL.number()));

    private static final List<PmEvent> ALWAYS_POSSIBLE = List.of(
            new PmEvent.Begin(),
            Events.SMART,
            Events.FAST,
            Events.IMMEDIATE,
            new PmEvent.ReloadRequested(),
            Events.client(1),
            Events.client(1, 3),
            Events.newcomer(1, 2),
            Events.newcomer(1, 1, 1, 0),
            new PmEvent.WorkerDue(1),
            new PmEvent.WorkerRetryDue(),
            new PmEvent.RecoveryStarted(),
            new PmEvent.BeginHotStandby(),
            new PmEvent.RotateLogfile(),
            new PmEvent.StartAutovacLauncher(),
            new PmEvent.StartAutovacWorker(),
            new PmEvent.StartWalReceiver(),
            new PmEvent.PromoteRequested(),
            new PmEvent.KillTimerExpired(),
            Events.SMART_TIMED_OUT,
            Events.FAST_TIMED_OUT,
            new PmEvent.ArchiverRetryDue(),
            new PmEvent.CrashesForgotten(),
            new PmEvent.SparePeriodOver(),
            new PmEvent.LockFileInvalid());

    /** Sees one event in one state, once. */
    interface Visitor {
        void visit(Pm pm, PmEvent event, Step step);
    }

    private Explorer() {}

    /** Every state that can follow from {@code root}, each event in each shown to the visitor. */
    static Set<Pm> explore(Pm root, Visitor visitor) {
        Set<Pm> seen = new HashSet<>(Set.of(root));
        Queue<Pm> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Pm pm = open.remove();
            for (PmEvent event : possibleIn(pm)) {
                Step step = Transition.step(pm, event);
                visitor.visit(pm, event, step);
                if (seen.add(step.next())) {
                    open.add(step.next());
                }
            }
        }
        return seen;
    }

    /** What can happen next; settings stay as they are. */
    static List<PmEvent> possibleIn(Pm pm) {
        List<PmEvent> events = new ArrayList<>(ALWAYS_POSSIBLE);
        if (pm.census().sessions() > 0) {
            events.add(new PmEvent.WalSenderAppeared());
            if (pm.settings().spares().max() > 0) {
                events.add(new PmEvent.BackendWaits(Events.PID, BackendRole.SESSION));
            }
            events.add(new PmEvent.SpareLost());
        }
        if (pm.census().starting() > 0) {
            events.add(new PmEvent.BackendWaits(Events.PID, BackendRole.STARTING));
            events.add(new PmEvent.SpareOverdue(Events.CHANCE));
            events.add(new PmEvent.SpareNotLaunched(Events.CHANCE));
        }
        if (pm.census().passedOver() > 0) {
            events.add(new PmEvent.BackendWaits(Events.PID, BackendRole.PASSED_OVER));
        }
        for (ChildKind kind : pm.launches().resting()) {
            if (kind != ChildKind.ARCHIVER) {
                events.add(new PmEvent.RelaunchDue(kind));
            }
        }
        for (ChildKind kind : pm.setbacks().ofKinds().keySet()) {
            events.add(new PmEvent.SetbacksForgotten(kind));
        }
        for (ChildKind kind : pm.census().living().keySet()) {
            events.addAll(endsOf(pm, kind));
        }
        return events;
    }

    private static List<PmEvent> endsOf(Pm pm, ChildKind kind) {
        List<PmEvent> ends = new ArrayList<>();
        BackendRole role = kind == ChildKind.BACKEND ? Events.somebody(pm.census()) : BackendRole.SESSION;
        if (role == BackendRole.SESSION) {
            ends.add(new LaunchFailed(kind, Events.CHANCE));
        }
        for (ExitStatus status : EXITS) {
            ends.add(new ChildExited(kind, Events.PID, status, SlotFate.GIVEN_BACK, role, Events.CHANCE));
        }
        if (kind.isPlural()) {
            ends.add(
                    new ChildExited(kind, Events.PID, new ExitStatus.Code(0), SlotFate.ABANDONED, role, Events.CHANCE));
        }
        if (pm.census().starting() > 0 && kind == ChildKind.BACKEND) {
            ends.add(Events.backendExited(BackendRole.STARTING, new ExitStatus.Code(1)));
        }
        if (pm.census().waiting() > 0 && kind == ChildKind.BACKEND) {
            ends.add(Events.backendExited(BackendRole.WAITING, new ExitStatus.Code(0)));
        }
        if (kind == ChildKind.BGWORKER) {
            ends.add(Events.strangerExited(kind, new ExitStatus.Code(2)));
        }
        if (kind == ChildKind.BACKEND && pm.census().walSenders() > 0) {
            ends.add(Events.walSenderExited());
        }
        return ends;
    }
}
