package dev.postmaster.server;

import dev.postmaster.core.BackendRole;
import dev.postmaster.core.PmAction;
import dev.postmaster.core.Sig;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pid;
import dev.postmaster.os.ProcessCondition;
import dev.postmaster.os.ProcessTable;
import dev.postmaster.os.Signals;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;

/** Sends signals to the children a decision names (SG-9, SG-10). */
@OnLoop
final class SignalSender {
    private final ChildRegistry registry;
    private final Signals signals;
    private final ProcessTable processes;
    private final Timers timers;
    private final Log log;

    SignalSender(ChildRegistry registry, Os os, Timers timers, Log log) {
        this.registry = registry;
        this.signals = os.signals();
        this.processes = os.processTable();
        this.timers = timers;
        this.log = log;
    }

    void send(PmAction.Signal order) {
        for (Child child : registry.ofKinds(order.kinds())) {
            if (order.walSenders() || registry.roleOf(child.pid()) != BackendRole.WAL_SENDER) {
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

    /** Ends a process that is not in the registry, with all it has started. */
    void kill(Pid unbooked) {
        signals.sendToGroup(unbooked, Sig.KILL);
    }

    private void sendToStranger(Child child, Child.Manners manners, Sig signal) {
        switch (signal) {
            case INT, TERM, QUIT -> end(child, manners);
            case HUP -> manners.reload().ifPresent(reload -> signals.send(child.pid(), reload));
            case KILL -> kill(child);
            case ABRT, STOP, CONT -> signals.sendToGroup(child.pid(), signal);
            case USR1, USR2, ILL, BUS, FPE, SEGV, PIPE, CHLD, PWR -> {}
        }
    }

    private void end(Child child, Child.Manners manners) {
        signals.sendToGroup(child.pid(), manners.stop());
        if (!manners.patience().isZero()) {
            timers.once(manners.patience(), () -> registry.find(child.pid().value())
                    .filter(child::equals)
                    .ifPresent(this::kill));
        }
    }

    private void kill(Child child) {
        log.report(obituary(child));
        signals.sendToGroup(child.pid(), Sig.KILL);
    }

    private void sendToOurs(Child child, Sig signal) {
        switch (signal) {
            case KILL -> kill(child);
            case INT, TERM, QUIT, ABRT, STOP, CONT -> signals.sendToGroup(child.pid(), signal);
            case HUP, USR1, USR2, ILL, BUS, FPE, SEGV, PIPE, CHLD, PWR -> signals.send(child.pid(), signal);
        }
    }

    /** Where a child hangs can be seen only before it is killed, and whoever asks will ask afterwards. */
    private Report obituary(Child child) {
        ProcessCondition found = processes.examine(child.pid());
        String detail = "State " + found.state() + ", waiting in " + orUnknown(found.waitChannel()) + ", kernel stack "
                + orUnknown(found.stack()) + ", " + found.descriptors() + " descriptors, "
                + found.residentKilobytes() + " kB resident.";
        return Report.of(
                        Severity.LOG,
                        child.kind().exitName() + " (PID " + child.pid() + ") does not leave and gets SIGKILL")
                .withDetail(detail);
    }

    /** The kernel shows a lone 0 for a process that does not wait, and nothing to whoever may not know. */
    private static String orUnknown(String place) {
        return place.isEmpty() || place.equals("0") ? "(not shown)" : place;
    }
}
