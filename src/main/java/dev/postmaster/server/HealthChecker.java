package dev.postmaster.server;

import dev.postmaster.core.ChildKind;
import dev.postmaster.core.Sig;
import dev.postmaster.launch.Program;
import dev.postmaster.launch.ProgramStreams;
import dev.postmaster.os.Fd;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.Pid;
import java.time.Duration;
import java.util.Optional;

/** Runs health checks as processes that no phase waits for, and what they say goes to the log. */
@OnLoop
final class HealthChecker implements WorkerHealth.Hands {
    private static final Child.Manners AT_ONCE = new Child.Manners(Sig.KILL, Duration.ZERO, Optional.empty());

    private final ProgramStarter programs;
    private final SignalSender signals;
    private final Fd nullDevice;

    HealthChecker(ProgramStarter programs, SignalSender signals, Fd nullDevice) {
        this.programs = programs;
        this.signals = signals;
        this.nullDevice = nullDevice;
    }

    @Override
    public LaunchResult start(String worker, Program check) {
        var role = new ProgramStarter.Role(ChildKind.BGWORKER, worker, Child.workerName(worker), AT_ONCE, null);
        return programs.startUnbooked(role, check, output -> new ProgramStreams(nullDevice, output, output));
    }

    @Override
    public void kill(Pid check) {
        signals.kill(check);
    }

    @Override
    public void end(Pid worker) {
        signals.terminate(worker);
    }

    @Override
    public boolean isLeaving(Pid worker) {
        return signals.isLeaving(worker);
    }
}
