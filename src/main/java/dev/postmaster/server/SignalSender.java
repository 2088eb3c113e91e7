package dev.postmaster.server;

import dev.postmaster.core.PmAction;
import dev.postmaster.core.Sig;
import dev.postmaster.os.Signals;

/** Sends signals to the children a decision names (SG-9, SG-10). */
@OnLoop
final class SignalSender {
    private final ChildRegistry registry;
    private final Signals signals;

    SignalSender(ChildRegistry registry, Signals signals) {
        this.registry = registry;
        this.signals = signals;
    }

    void send(PmAction.Signal order) {
        for (Child child : registry.ofKinds(order.kinds())) {
            if (order.walSenders() || !registry.isWalSender(child.pid())) {
                send(child, order.signal());
            }
        }
    }

    /**
     * What ends or interrupts a child must reach the programs it runs as well. A child leads its own process group from
     * the moment it exists, so one signal to the group does, and nobody gets it twice.
     */
    private void send(Child child, Sig signal) {
        switch (signal) {
            case INT, TERM, QUIT, KILL, ABRT, STOP, CONT -> signals.sendToGroup(child.pid(), signal);
            case HUP, USR1, USR2, ILL, BUS, FPE, SEGV, PIPE, CHLD, PWR -> signals.send(child.pid(), signal);
        }
    }
}
