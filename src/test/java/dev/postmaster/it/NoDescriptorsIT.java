package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running postmaster to which the kernel gives no descriptor any more (EMFILE). */
class NoDescriptorsIT {
    @TempDir
    private Path directory;

    @Test
    void theHeartbeatAndTheSessionsGoOnAndACrashEndsItInOrder() throws Exception {
        Path path = directory.resolve("notify");
        try (var socket = new NotifySocket(path);
                var postmaster = RunningPostmaster.startUnder(
                        List.of("env", "NOTIFY_SOCKET=" + path, "WATCHDOG_USEC=400000"), "crash_scope=reset")) {
            assertThat(socket.next(false)).isEqualTo("READY=1");
            try (Connection session = postmaster.connect()) {
                int victim = RunningPostmaster.backendPid(session);
                allowDescriptors(postmaster, 3);

                socket.forget();
                assertThat(socket.next(true)).isEqualTo("WATCHDOG=1");
                assertThat(socket.next(true)).isEqualTo("WATCHDOG=1");
                assertThat(RunningPostmaster.backendPid(session)).isEqualTo(victim);

                RunningPostmaster.signal(victim, "KILL");
            }
            assertThat(postmaster.awaitExit()).isEqualTo(1);
            assertThat(postmaster.log())
                    .anyMatch(line -> line.contains("could not look for processes that outlived the children: "))
                    .anyMatch(line ->
                            line.endsWith("FATAL:  could not create shared memory segment: Too many open files"))
                    .anyMatch(line -> line.endsWith("database system is shut down"))
                    .noneMatch(line -> line.contains("PANIC:"));

            // The lock file could not even be looked at, and stays; it names somebody dead.
            postmaster.startAgain();
            postmaster.awaitLog("database system is ready to accept connections");
        }
    }

    /** What is open stays open. */
    private static void allowDescriptors(RunningPostmaster postmaster, int number) {
        Outcome outcome = Outcome.of(
                new ProcessBuilder("prlimit", "--pid", Long.toString(postmaster.pid()), "--nofile=" + number + ":"));
        assertThat(outcome.status()).as(outcome.err()).isZero();
    }
}
