package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.config.Settings;
import dev.postmaster.config.WorkerDefinition;
import dev.postmaster.config.WorkerDefinition.Command;
import dev.postmaster.config.WorkerSettings;
import dev.postmaster.core.ExitStatus;
import dev.postmaster.launch.Program;
import dev.postmaster.os.Errno;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.Pid;
import dev.postmaster.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Health checks every 10 s of 5 s at most, two of which may fail, in virtual time. */
class WorkerHealthTest {
    private static final Pid WORKER = new Pid(7);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ExitStatus WELL = new ExitStatus.Code(0);
    private static final ExitStatus ILL = new ExitStatus.Code(1);

    private final VirtualTime time = new VirtualTime();
    private final List<Report> reports = new ArrayList<>();
    private final Ward ward = new Ward();
    private final WorkerHealth health = new WorkerHealth(ward, time, reports::add);

    private void watch() {
        WorkerDefinition definition = WorkerSettings.definitions(Settings.ofNonDefaults(Map.of(
                        "worker.pump.command", "pump",
                        "worker.pump.health_command", "probe",
                        "worker.pump.health_retries", "2")))
                .getFirst();
        health.watch(definition, (Command) definition.work(), WORKER);
    }

    private void end(ExitStatus status) {
        assertThat(health.claims(ward.lastCheck, status)).isTrue();
    }

    @Test
    void aWorkerThatFailsTwoChecksInARowIsEndedAndWasNotWell() {
        watch();
        for (ExitStatus status : List.of(ILL, WELL, ILL, ILL)) {
            time.pass(INTERVAL);
            end(status);
        }

        assertThat(ward.ended).containsExactly(WORKER);
        assertThat(health.ended(WORKER.value())).isTrue();
        assertThat(reports.stream().map(Report::message))
                .endsWith(
                        "health check of background worker \"pump\" failed (2 of 2): exited with exit code 1",
                        "ending background worker \"pump\" because it is not well");
    }

    @Test
    void aCheckThatTakesTooLongIsKilled() {
        watch();
        time.pass(INTERVAL.plus(TIMEOUT));

        assertThat(ward.killed).containsExactly(new Pid(ward.lastCheck));
    }

    @Test
    void aCheckThatCannotBeStartedHasFailed() {
        ward.isFull = true;
        watch();

        time.pass(INTERVAL.multipliedBy(2));

        assertThat(ward.ended).containsExactly(WORKER);
        assertThat(reports.getFirst().message())
                .isEqualTo("health check of background worker \"pump\" failed (1 of 2): could not be started");
    }

    @Test
    void whoeverWasToldToEndIsNotCheckedAndNotToldAgain() {
        watch();
        time.pass(INTERVAL);
        ward.leaving.add(WORKER);

        end(ILL);
        time.pass(INTERVAL.multipliedBy(3));

        assertThat(ward.started).isEqualTo(1);
        assertThat(ward.ended).isEmpty();
        assertThat(reports).isEmpty();
    }

    @Test
    void theEndOfAWorkerIsTheEndOfItsChecks() {
        watch();
        time.pass(INTERVAL);

        assertThat(health.ended(WORKER.value())).isFalse();

        assertThat(ward.killed).containsExactly(new Pid(ward.lastCheck));
        end(new ExitStatus.Killed(9));
        time.pass(INTERVAL.multipliedBy(3));
        assertThat(ward.started).isEqualTo(1);
        assertThat(reports).isEmpty();
    }

    @Test
    void theCheckOfAnEarlierWorkerSaysNothingAboutTheNextOneOfItsNumber() {
        watch();
        time.pass(INTERVAL);
        int check = ward.lastCheck;
        assertThat(health.ended(WORKER.value())).isFalse();
        watch();

        assertThat(health.claims(check, ILL)).isTrue();

        assertThat(reports).isEmpty();
    }

    @Test
    void whatIsNoCheckIsSomebodyElsesBusiness() {
        assertThat(health.claims(4711, ILL)).isFalse();
        assertThat(health.ended(4711)).isFalse();
    }

    private static final class Ward implements WorkerHealth.Hands {
        private final List<Pid> killed = new ArrayList<>();
        private final List<Pid> ended = new ArrayList<>();
        private final Set<Pid> leaving = new HashSet<>();
        private boolean isFull;
        private int started;
        private int lastCheck = 100;

        @Override
        public LaunchResult start(String worker, Program check) {
            if (isFull) {
                return new LaunchResult.Refused(Errno.EAGAIN);
            }
            assertThat(worker).isEqualTo("pump");
            assertThat(check.environment()).contains("WORKER_PID=" + WORKER);
            started++;
            lastCheck++;
            return new LaunchResult.Launched(new Pid(lastCheck));
        }

        @Override
        public void kill(Pid check) {
            killed.add(check);
        }

        @Override
        public void end(Pid worker) {
            ended.add(worker);
        }

        @Override
        public boolean isLeaving(Pid worker) {
            return leaving.contains(worker);
        }
    }
}
