package dev.postmaster.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.os.Fd;
import dev.postmaster.os.Os;
import dev.postmaster.os.OsException;
import dev.postmaster.os.RawIo;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A child that was stopped (SIGSTOP) hears nothing but SIGKILL, and must not hold up a shutdown for ever. */
class StoppedChildIT {
    private static final Duration LADDER = Duration.ofSeconds(30);
    private static final String FILLING = "x".repeat(31);

    @ParameterizedTest
    @ValueSource(strings = {"backend", "checkpointer"})
    void pm47_aFastShutdownDoesNotWaitForItForEver(String kind) throws SQLException {
        try (var postmaster = RunningPostmaster.start("fast_shutdown_timeout=1s");
                var session = postmaster.connect()) {
            assertThat(session.isValid(30)).isTrue();
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

    /** The pipe is full besides: whoever writes to it waits, but the postmaster must not. */
    @Test
    void pm37_aSysloggerDelaysNothingAndLeavesWhenItCan() {
        Place logs = Place.temporary();
        var log = new CollectedLog(logs.directory().resolve("pm.log"));
        try (var postmaster = RunningPostmaster.launchOnly(
                "logging_collector=on",
                "log_directory=" + logs.directory(),
                "log_filename=pm.log",
                "fast_shutdown_timeout=1s")) {
            Deadline.await(
                    "ready",
                    RunningPostmaster.PATIENCE,
                    () -> log.says(0, line -> line.endsWith("database system is ready to accept connections")));
            int syslogger = stop(postmaster, "syslogger");
            fill(Path.of("/proc/" + postmaster.pid() + "/fd/2"));

            postmaster.signal("INT");

            assertThat(postmaster.awaitExit(LADDER)).isZero();
            assertThat(postmaster.log())
                    .as("what the pipe did not take comes out where the log went before")
                    .anyMatch(line -> line.endsWith("received fast shutdown request"))
                    .last()
                    .asString()
                    .endsWith("database system is shut down");
            assertThat(Proc.exists(syslogger)).isTrue();
            RunningPostmaster.signal(syslogger, "CONT");
            Proc.awaitEnd(syslogger);
            assertThat(log.says(0, line -> line.equals(FILLING)))
                    .as("what was in the pipe is kept")
                    .isTrue();
        } finally {
            logs.clear();
        }
    }

    @Test
    void aSysloggerThatOnlyPausesGetsEverythingInItsOrder() {
        Place logs = Place.temporary();
        var log = new CollectedLog(logs.directory().resolve("pm.log"));
        try (var postmaster = RunningPostmaster.launchOnly(
                "logging_collector=on", "log_directory=" + logs.directory(), "log_filename=pm.log")) {
            Deadline.await(
                    "ready",
                    RunningPostmaster.PATIENCE,
                    () -> log.says(0, line -> line.endsWith("database system is ready to accept connections")));
            int syslogger = stop(postmaster, "syslogger");
            fill(Path.of("/proc/" + postmaster.pid() + "/fd/2"));
            postmaster.signal("HUP");
            int backend = Proc.childrenOf(postmaster.pid(), "checkpointer").getFirst();

            RunningPostmaster.signal(backend, "KILL");
            Proc.awaitGone(backend);
            RunningPostmaster.signal(syslogger, "CONT");

            Deadline.await(
                    "it serves again",
                    RunningPostmaster.PATIENCE,
                    () -> log.from(0).stream()
                                    .filter(line -> line.endsWith("database system is ready to accept connections"))
                                    .count()
                            == 2);
            assertThat(log.from(0).stream()
                            .filter(line -> !line.equals(FILLING))
                            .map(line -> line.replaceFirst("^.*LOG:  ", "")))
                    .containsSubsequence(
                            "database system is ready to accept connections",
                            "checkpointer process (PID " + backend + ") was terminated by signal 9: Killed",
                            "terminating any other active server processes",
                            "all server processes terminated; reinitializing",
                            "database system is ready to accept connections")
                    // a busy loop may look after the dead before it comes to the signal
                    .contains("received SIGHUP, reloading configuration files");
        } finally {
            logs.clear();
        }
    }

    /** Writes lines into a pipe until it takes no more. */
    private static void fill(Path pipe) {
        Os os = Os.open();
        try (Fd end = os.fds().append(pipe, 0)) {
            os.fds().setNonBlocking(end, true);
            byte[] block = (FILLING + "\n")
                    .repeat(RawIo.PIPE_BUF / (FILLING.length() + 1))
                    .getBytes(US_ASCII);
            assertThatThrownBy(() -> {
                        while (true) {
                            os.rawIo().writeOnce(end, block, block.length);
                        }
                    })
                    .isInstanceOf(OsException.class)
                    .hasMessageContaining("temporarily unavailable");
        }
    }

    private static int stop(RunningPostmaster postmaster, String kind) {
        int child = Proc.childrenOf(postmaster.pid(), kind).getFirst();
        RunningPostmaster.signal(child, "STOP");
        return child;
    }
}
