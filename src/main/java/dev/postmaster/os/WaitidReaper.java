package dev.postmaster.os;

import static dev.postmaster.os.Calls.check;
import static dev.postmaster.os.Calls.failedWith;

import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.Sig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reaps by waitid in two steps: first it looks at a dead process without taking it, so that {@code /proc} can still tell
 * what it was, then it takes exactly that one.
 */
final class WaitidReaper implements Reaper {
    private static final int SIGINFO_SIZE = 128;
    private static final int SI_CODE = 8;
    private static final int SI_PID = 16;
    private static final int SI_STATUS = 24;
    private static final int CLD_EXITED = 1;

    private final LivingChildren children;

    WaitidReaper(LivingChildren children) {
        this.children = children;
    }

    @Override
    public Optional<Reaped> next(Predicate<Pid> takesItsGroupAlong) {
        synchronized (children) {
            return lookForDead().map(info -> take(info, takesItsGroupAlong));
        }
    }

    @Override
    public boolean isStopped(Pid child) {
        return look(ProcessC.P_PID, child.value(), ProcessC.WSTOPPED).isPresent();
    }

    private static Optional<ByteBuffer> lookForDead() {
        return look(ProcessC.P_ALL, 0, ProcessC.WEXITED);
    }

    private static Optional<ByteBuffer> look(int kind, int id, int what) {
        ByteBuffer info = ByteBuffer.allocate(SIGINFO_SIZE).order(ByteOrder.nativeOrder());
        int result = ProcessC.waitid(kind, id, info.array(), what | ProcessC.WNOHANG | ProcessC.WNOWAIT);
        if (failedWith(result, Errno.ECHILD)) {
            return Optional.empty();
        }
        check("waitid", result);
        return info.getInt(SI_PID) == 0 ? Optional.empty() : Optional.of(info);
    }

    private Reaped take(ByteBuffer info, Predicate<Pid> takesItsGroupAlong) {
        Pid pid = new Pid(info.getInt(SI_PID));
        ExitStatus status = status(info);
        boolean isOurs = children.remove(pid);
        Reaped reaped = isOurs ? new Reaped.Child(pid, status) : orphan(pid, status);
        if (isOurs && takesItsGroupAlong.test(pid)) {
            ProcessC.kill(-pid.value(), Sig.KILL.number()); // whom it does not reach does not concern us
        }
        // Only to let the kernel forget it: its status is known, even if somebody else were to take it from under us.
        ProcessC.waitid(ProcessC.P_PID, pid.value(), new byte[SIGINFO_SIZE], ProcessC.WEXITED | ProcessC.WNOHANG);
        return reaped;
    }

    private static Reaped orphan(Pid pid, ExitStatus status) {
        ProcStat stat = ProcStat.of(pid.value());
        return new Reaped.Orphan(pid, status, stat.command(), stat.age());
    }

    private static ExitStatus status(ByteBuffer info) {
        int status = info.getInt(SI_STATUS);
        return info.getInt(SI_CODE) == CLD_EXITED ? new ExitStatus.Code(status) : new ExitStatus.Killed(status);
    }
}
