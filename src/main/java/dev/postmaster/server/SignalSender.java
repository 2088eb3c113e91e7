package dev.postmaster.server;

import dev.postmaster.core.BackendRole;
import dev.postmaster.core.PmAction;
import dev.postmaster.core.Sig;
import dev.postmaster.os.Errno;
import dev.postmaster.os.Pid;
import dev.postmaster.os.ProcessCondition;
import dev.postmaster.os.ProcessTable;
import dev.postmaster.os.Signals;
import dev.postmaster.os.Signals.Delivery;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import java.util.HashSet;
import java.util.Set;

/** Sends signals to the children a decision names (SG-9, SG-10). */
@OnLoop
final class SignalSender {
    private final ChildRegistry registry;
    private final Signals signals;
    private final ProcessTable processes;
    private final Clockwork clock;
    private final Log log;

    /** Those that were told to end, and have not yet. */
    private final Set<Child> leaving = new HashSet<>();

    /** Those that the log has a word about, because they are not ours to signal. */
    private final Set<Pid> outOfReach = new HashSet<>();

    /** What of the kernel it needs. */
    record Kernel(Signals signals, ProcessTable processes) {}

    SignalSender(ChildRegistry registry, Kernel kernel, Clockwork clock, Log log) {
        this.registry = registry;
        this.signals = kernel.signals();
        this.processes = kernel.processes();
        this.clock = clock;
        this.log = log;
    }

    void send(PmAction.Signal order) {
        for (Child child : registry.ofKinds(order.kinds())) {
            BackendRole role = registry.roleOf(child.pid());
            boolean deaf = role == BackendRole.STARTING || role == BackendRole.PASSED_OVER;
            if (deaf && order.signal() == Sig.QUIT) {
                toGroup(child.pid(), Sig.KILL); // it has nobody to take leave of, and may have no ears yet
            } else if (order.walSenders() || role != BackendRole.WAL_SENDER) {
                send(child, order.signal());
            }
        }
    }

    /**
     * What ends or interrupts a child must reach the programs it runs as well. A child leads its own process group from
     * the moment it exists, so one signal to the group does, and nobody gets it twice.
     */
    private void send(Child child, Sig signal) {
        Child.Manners manners = child.manners();
        if (manners == null) {
            sendToOurs(child, signal);
        } else {
            sendToStranger(child, manners, signal);
        }
    }

    /** Tells one child to end, as a shutdown would. */
    void terminate(Pid child) {
        registry.find(child.value()).ifPresent(living -> send(living, Sig.TERM));
    }

    /** Whether this child was told to end. */
    boolean isLeaving(Pid child) {
        return registry.find(child.value()).filter(leaving::contains).isPresent();
    }

    /** Says that there is news for it. A program of somebody else is not told. */
    void wake(Child child) {
        send(child, Sig.USR1);
    }

    /** Ends a process that is not in the registry, with all it has started. */
    void kill(Pid unbooked) {
        toGroup(unbooked, Sig.KILL);
    }

    private void sendToStranger(Child child, Child.Manners manners, Sig signal) {
        switch (signal) {
            case INT, TERM, QUIT -> end(child, manners);
            case HUP -> manners.reload().ifPresent(reload -> toOne(child.pid(), reload));
            case KILL -> kill(child);
            case ABRT, STOP, CONT -> toGroup(child.pid(), signal);
            case USR1, USR2, ILL, BUS, FPE, SEGV, PIPE, CHLD, PWR -> {}
        }
    }

    private void end(Child child, Child.Manners manners) {
        leaving.removeIf(other -> !lives(other));
        boolean first = leaving.add(child);
        toGroup(child.pid(), manners.stop());
        if (first && !manners.patience().isZero()) {
            clock.once(manners.patience(), () -> registry.find(child.pid().value())
                    .filter(child::equals)
                    .ifPresent(this::kill));
        }
    }

    private void kill(Child child) {
        log.report(obituary(child));
        toGroup(child.pid(), Sig.KILL);
    }

    private boolean lives(Child child) {
        return registry.find(child.pid().value()).filter(child::equals).isPresent();
    }

    private void sendToOurs(Child child, Sig signal) {
        switch (signal) {
            case KILL -> kill(child);
            case INT, TERM, QUIT, ABRT, STOP, CONT -> toGroup(child.pid(), signal);
            case HUP, USR1, USR2, ILL, BUS, FPE, SEGV, PIPE, CHLD, PWR -> toOne(child.pid(), signal);
        }
    }

    private void toOne(Pid pid, Sig signal) {
        note(pid, signals.send(pid, signal));
    }

    private void toGroup(Pid leader, Sig signal) {
        note(leader, signals.sendToGroup(leader, signal));
    }

    /** A program that made itself somebody else's, as by sudo, ends when it likes; nobody else shall suffer from it. */
    private void note(Pid pid, Delivery delivery) {
        if (delivery != Delivery.NOT_PERMITTED) {
            outOfReach.remove(pid);
            return;
        }
        outOfReach.removeIf(
                other -> !other.equals(pid) && registry.find(other.value()).isEmpty());
        if (outOfReach.add(pid)) {
            log.log("could not send a signal to process " + pid + ": " + Errno.EPERM.message());
        }
    }

    /** Where a child hangs can be seen only before it is killed, and whoever asks will ask afterwards. */
    private Report obituary(Child child) {
        ProcessCondition found = processes.examine(child.pid());
        String detail = "State " + found.state() + ", waiting in " + orUnknown(found.waitChannel()) + ", kernel stack "
                + orUnknown(found.stack()) + ", " + found.descriptors() + " descriptors, "
                + found.residentKilobytes() + " kB resident.";
        return Report.of(Severity.LOG, child.name() + " (PID " + child.pid() + ") does not leave and gets SIGKILL")
                .withDetail(detail);
    }

    /** The kernel shows a lone 0 for a process that does not wait, and nothing to whoever may not know. */
    private static String orUnknown(String place) {
        return place.isEmpty() || place.equals("0") ? "(not shown)" : place;
    }
}
