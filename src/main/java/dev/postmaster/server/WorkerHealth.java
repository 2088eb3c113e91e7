package dev.postmaster.server;

import dev.postmaster.config.WorkerDefinition;
import dev.postmaster.config.WorkerDefinition.Command;
import dev.postmaster.config.WorkerDefinition.HealthCheck;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.Sig;
import dev.postmaster.launch.Program;
import dev.postmaster.launch.ProgramStreams;
import dev.postmaster.os.Fd;
import dev.postmaster.os.Pid;
import dev.postmaster.report.Log;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks after programs that run as background workers: runs the check of each again and again, and ends a worker whose check
 * has failed too often in a row. A check is a short-lived process of its own that nobody waits for: it is killed when its
 * time is over, or its worker is.
 */
@OnLoop
final class WorkerHealth {
    private static final Child.Manners AT_ONCE = new Child.Manners(Sig.KILL, Duration.ZERO, Optional.empty());

    private final WorkerOffice.Hands hands;
    private final Fd nullDevice;
    private final Log log;
    private final Map<Integer, Watch> byWorker = new HashMap<>();
    private final Map<Integer, Watch> byCheck = new HashMap<>();

    WorkerHealth(Foundation foundation, WorkerOffice.Hands hands) {
        this.hands = hands;
        this.nullDevice = foundation.kernel().nullDevice();
        this.log = foundation.log();
    }

    /** One worker while it runs. */
    private static final class Watch {
        private final String name;
        private final Pid worker;
        private final HealthCheck check;
        private final Program program;
        private int failures;
        private Optional<Pid> running = Optional.empty();

        Watch(String name, Pid worker, HealthCheck check, Program program) {
            this.name = name;
            this.worker = worker;
            this.check = check;
            this.program = program;
        }

        boolean isSick() {
            return failures >= check.retries();
        }
    }

    /** A worker was started: its first check is after the first interval. */
    void watch(WorkerDefinition definition, Command command, Pid worker) {
        command.health().ifPresent(check -> {
            Program program = new Program(
                            check.argv(),
                            command.environment(),
                            WorkerStarter.directory(command),
                            command.user(),
                            command.limits())
                    .with(List.of("WORKER_PID=" + worker));
            var watch = new Watch(definition.name(), worker, check, program);
            byWorker.put(worker.value(), watch);
            checkLater(watch);
        });
    }

    /** A worker has ended; true if that was because it was not well. */
    boolean ended(int worker) {
        Watch watch = byWorker.remove(worker);
        if (watch == null) {
            return false;
        }
        watch.running.ifPresent(this::kill);
        return watch.isSick();
    }

    /** Takes the end of a process if it was a check, and judges by it; false if it was none. */
    boolean claims(int pid, ExitStatus status) {
        Watch watch = byCheck.remove(pid);
        if (watch == null) {
            return false;
        }
        watch.running = Optional.empty();
        if (byWorker.containsKey(watch.worker.value())) {
            judge(watch, status);
        }
        return true;
    }

    private void judge(Watch watch, ExitStatus status) {
        if (status.isCode(0)) {
            watch.failures = 0;
        } else {
            watch.failures++;
            log.log("health check of background worker \"" + watch.name + "\" failed (" + watch.failures + " of "
                    + watch.check.retries() + "): " + ExitWords.outcome(status));
        }
        if (watch.isSick()) {
            log.log("ending background worker \"" + watch.name + "\" because it is not well");
            hands.signals().terminate(watch.worker);
        } else {
            checkLater(watch);
        }
    }

    private void checkLater(Watch watch) {
        hands.timers().once(watch.check.interval(), () -> {
            if (byWorker.containsValue(watch)) {
                check(watch);
            }
        });
    }

    private void check(Watch watch) {
        var role = new ProgramStarter.Role(ChildKind.BGWORKER, watch.name, AT_ONCE, null);
        Optional<Pid> started = hands.programs()
                .startUnbooked(role, watch.program, output -> new ProgramStreams(nullDevice, output, output));
        watch.running = started;
        started.ifPresentOrElse(
                pid -> {
                    byCheck.put(pid.value(), watch);
                    hands.timers().once(watch.check.timeout(), () -> expire(watch, pid));
                },
                () -> checkLater(watch));
    }

    private void expire(Watch watch, Pid check) {
        if (watch.running.filter(check::equals).isPresent()) {
            kill(check);
        }
    }

    private void kill(Pid check) {
        hands.signals().kill(check);
    }
}
