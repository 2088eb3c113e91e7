package dev.postmaster.os;

import static dev.postmaster.os.Calls.check;
import static dev.postmaster.os.Calls.failedWith;

import dev.postmaster.core.Sig;

/** Sends signals by kill. */
final class PosixSignals implements Signals {
    @Override
    public Delivery send(Pid pid, Sig sig) {
        return kill(pid.value(), sig);
    }

    @Override
    public Delivery sendToGroup(Pid leader, Sig sig) {
        return kill(-leader.value(), sig);
    }

    @Override
    public Delivery sendToParent(int parent, Sig sig) {
        requireProcess(parent);
        return ProcessC.getppid() == parent ? kill(parent, sig) : Delivery.NO_SUCH_PROCESS;
    }

    @Override
    public Delivery sendToNamed(int pid, Sig sig) {
        requireProcess(pid);
        return kill(pid, sig);
    }

    /** To kill, 0 is our own group: the very number of a parent in another pid namespace. */
    private static void requireProcess(int pid) {
        if (pid <= 0) {
            throw new IllegalArgumentException("not a process: " + pid);
        }
    }

    private static Delivery kill(int target, Sig sig) {
        int result = ProcessC.kill(target, sig.number());
        if (failedWith(result, Errno.ESRCH)) {
            return Delivery.NO_SUCH_PROCESS;
        }
        if (failedWith(result, Errno.EPERM)) {
            return Delivery.NOT_PERMITTED;
        }
        check("kill", result);
        return Delivery.DELIVERED;
    }

    @Override
    public Presence probe(int pid) {
        requireProcess(pid);
        int result = ProcessC.kill(pid, 0);
        if (failedWith(result, Errno.ESRCH)) {
            return Presence.ABSENT;
        }
        if (failedWith(result, Errno.EPERM)) {
            return Presence.NOT_OURS;
        }
        check("kill", result);
        return Presence.PRESENT;
    }
}
