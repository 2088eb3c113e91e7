package dev.postmaster.server;

import dev.postmaster.core.Sig;
import dev.postmaster.os.Pid;
import dev.postmaster.os.ProcessCondition;
import dev.postmaster.os.ProcessTable;
import dev.postmaster.os.Signals;
import dev.postmaster.report.Log;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Signals that nobody gets. */
final class NotedSignals implements Signals {
    private final List<String> sent = new ArrayList<>();
    private final Set<Integer> forbidden = new HashSet<>();

    /** What was sent, as {@code pid signal}. */
    List<String> sent() {
        return sent;
    }

    /** The kernel does not let us signal this one. */
    void forbid(int pid) {
        forbidden.add(pid);
    }

    SignalSender sender(ChildRegistry registry, Clockwork clock, Log log) {
        return new SignalSender(registry, new SignalSender.Kernel(this, new Nowhere()), clock, log);
    }

    @Override
    public Delivery send(Pid pid, Sig sig) {
        sent.add(pid.value() + " " + sig);
        return forbidden.contains(pid.value()) ? Delivery.NOT_PERMITTED : Delivery.DELIVERED;
    }

    @Override
    public Delivery sendToGroup(Pid leader, Sig sig) {
        return send(leader, sig);
    }

    @Override
    public Delivery sendToParent(int parent, Sig sig) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Delivery sendToNamed(int pid, Sig sig) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Presence probe(int pid) {
        throw new UnsupportedOperationException();
    }

    /** What the kernel says about a process that is not there. */
    private static final class Nowhere implements ProcessTable {
        @Override
        public List<Pid> withEnvironment(String line) {
            return List.of();
        }

        @Override
        public ProcessCondition examine(Pid pid) {
            return new ProcessCondition("gone", "", "", 0, 0);
        }
    }
}
