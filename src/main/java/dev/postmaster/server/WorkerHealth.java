package dev.postmaster.server;

import dev.postmaster.config.WorkerDefinition;
import dev.postmaster.config.WorkerDefinition.Command;
import dev.postmaster.config.WorkerDefinition.HealthCheck;
import dev.postmaster.core.ExitStatus;
import dev.postmaster.launch.Program;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.Pid;
import dev.postmaster.report.Log;
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
    private final Hands hands;
    private final Clockwork clock;
    private final Log log;
    private final Map<Integer, Watch> byWorker = new HashMap<>();
    private final Map<Integer, Watch> byCheck = new HashMap<>();

    /** Who deals with the processes. */
    interface Hands {
        /** Makes the process of a check; a refusal is logged. */
        LaunchResult start(String worker, Program check);

        void kill(Pid check);

        /** Tells a worker to end. */
        void end(Pid worker);

        /** Whether a worker was told to end. */
        boolean isLeaving(Pid worker);
    }

    WorkerHealth(Hands hands, Clockwork clock, Log log) {
        this.hands = hands;
        this.clock = clock;
        this.log = log;
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
        watch.running.ifPresent(hands::kill);
        return watch.isSick();
    }

    /** Takes the end of a process if it was a check, and judges by it; false if it was none. */
    boolean claims(int pid, ExitStatus status) {
        Watch watch = byCheck.remove(pid);
        if (watch == null) {
            return false;
        }
        watch.running = Optional.empty();
        if (isOnDuty(watch)) {
            judge(watch, status);
        }
        return true;
    }

    /** Whoever was told to end is looked after no more: it may have closed the door that the check knocks at. */
    private boolean isOnDuty(Watch watch) {
        return byWorker.get(watch.worker.value()) == watch && !hands.isLeaving(watch.worker);
    }

    private void judge(Watch watch, ExitStatus status) {
        if (status.isCode(0)) {
            watch.failures = 0;
            checkLater(watch);
        } else {
            failed(watch, ExitWords.outcome(status));
        }
    }

    private void failed(Watch watch, String how) {
        watch.failures++;
        log.log("health check of background worker \"" + watch.name + "\" failed (" + watch.failures + " of "
                + watch.check.retries() + "): " + how);
        if (watch.isSick()) {
            log.log("ending background worker \"" + watch.name + "\" because it is not well");
            hands.end(watch.worker);
        } else {
            checkLater(watch);
        }
    }

    private void checkLater(Watch watch) {
        clock.once(watch.check.interval(), () -> {
            if (isOnDuty(watch)) {
                check(watch);
            }
        });
    }

    private void check(Watch watch) {
        switch (hands.start(watch.name, watch.program)) {
            case LaunchResult.Launched(Pid pid) -> {
                watch.running = Optional.of(pid);
                byCheck.put(pid.value(), watch);
                clock.once(watch.check.timeout(), () -> expire(watch, pid));
            }
            case LaunchResult.Refused ignored -> failed(watch, "could not be started");
        }
    }

    private void expire(Watch watch, Pid check) {
        if (watch.running.filter(check::equals).isPresent()) {
            hands.kill(check);
        }
    }
}
