package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A child that was stopped (SIGSTOP) hears nothing but SIGKILL, and must not hold up a shutdown for ever. */
class StoppedChildIT {
    private static final Duration LADDER = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(strings = {"backend", "checkpointer"})
    void pm47_aFastShutdownDoesNotWaitForItForEver(String kind) throws SQLException {
        try (var postmaster = RunningPostmaster.start("fast_shutdown_timeout=1s");
                var session = postmaster.connect()) {
            assertThat(session.isValid(5)).isTrue();
            int child = stop(postmaster, kind);

            postmaster.signal("INT");

            assertThat(postmaster.awaitExit(LADDER)).isZero();
            assertThat(postmaster.log())
                    .anyMatch(line -> line.endsWith("fast shutdown has not ended within fast_shutdown_timeout;"
                            + " going on with immediate shutdown"))
                    .anyMatch(line -> line.endsWith("process (PID " + child + ") does not leave and gets SIGKILL"))
                    .anyMatch(line -> line.contains("DETAIL:  State T (stopped), waiting in "));
            assertThat(Proc.exists(child)).isFalse();
        }
    }

    @Test
    void pm47_neitherDoesItForAStartupProcess() {
        try (var postmaster = RunningPostmaster.launchOnly("fast_shutdown_timeout=1s")) {
            Deadline.await("the startup process is there", RunningPostmaster.PATIENCE, () -> !Proc.childrenOf(
                            postmaster.pid(), "startup")
                    .isEmpty());
            int startup = stop(postmaster, "startup");

            postmaster.signal("INT");

            assertThat(postmaster.awaitExit(LADDER)).isZero();
            assertThat(postmaster.log())
                    .anyMatch(line ->
                            line.contains("startup process (PID " + startup + ") does not leave and gets SIGKILL"));
            assertThat(Proc.exists(startup)).isFalse();
        }
    }

    @Test
    void pm37_aSysloggerDelaysNothingAndLeavesWhenItCan() {
        Place logs = Place.temporary();
        var log = new CollectedLog(logs.directory().resolve("pm.log"));
        try (var postmaster = RunningPostmaster.launchOnly(
                "logging_collector=on", "log_directory=" + logs.directory(), "log_filename=pm.log")) {
            Deadline.await(
                    "ready",
                    RunningPostmaster.PATIENCE,
                    () -> log.says(0, line -> line.endsWith("database system is ready to accept connections")));
            int syslogger = stop(postmaster, "syslogger");

            postmaster.signal("INT");

            assertThat(postmaster.awaitExit(Duration.ofSeconds(5))).isZero();
            assertThat(Proc.exists(syslogger)).isTrue();
            RunningPostmaster.signal(syslogger, "CONT");
            Proc.awaitGone(syslogger);
            assertThat(log.says(0, line -> line.endsWith("database system is shut down")))
                    .isTrue();
        } finally {
            logs.clear();
        }
    }

    private static int stop(RunningPostmaster postmaster, String kind) {
        int child = Proc.childrenOf(postmaster.pid(), kind).getFirst();
        RunningPostmaster.signal(child, "STOP");
        return child;
    }
}
