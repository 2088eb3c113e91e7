package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rows of 4.5 that hold in one phase only, with real processes: the startup process, which is held up in recovery, and
 * the checkpointer in PM_SHUTDOWN, which is held up before the last checkpoint. {@link ExitMatrixIT} has the table.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhaseExitsIT {
    private static final String READY = "database system is ready to accept connections";
    private static final String ABNORMAL = "LOG:  abnormal database system shutdown";

    private RunningPostmaster postmaster;

    @BeforeAll
    void start() {
        postmaster = RunningPostmaster.start("log_min_messages=debug2", ForcedExit.SETTING);
        shutDownImmediately();
    }

    @AfterAll
    void stop() {
        postmaster.close();
        ForcedExit.sweep();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "exit 1, exited with exit code 1",
        "exit 2, exited with exit code 2",
        "exit 77, exited with exit code 77",
        "SIGTERM, exited with exit code 1",
        "SIGQUIT, was terminated by signal 3: Quit",
        "SIGKILL, was terminated by signal 9: Killed",
        "SIGSEGV, was terminated by signal"
    })
    void pm31_aStartupProcessThatFailsIsTheEnd(String end, String words) throws SQLException {
        try (var _ = HeldDatabase.whileRecovering(postmaster)) {
            int startup = only("startup");
            ForcedExit.end(startup, end);
            assertThat(postmaster.awaitExit()).isEqualTo(1);
            assertSaid("LOG:  startup process (PID " + startup + ") " + words);
            assertSaid("LOG:  shutting down due to startup process failure");
        }
    }

    @Test
    void pm13_exitZeroOfTheStartupProcessOpensTheSystem() throws SQLException {
        try (var _ = HeldDatabase.whileRecovering(postmaster)) {
            int startup = only("startup");
            ForcedExit.end(startup, "exit 0");
            postmaster.awaitLog(READY);
            assertSaid("DEBUG:  startup process (PID " + startup + ") exited with exit code 0");
        }
        shutDownImmediately();
    }

    @Test
    void pm23_aStartupProcessThatIsKilledInAShutdownMakesItAbnormal() throws SQLException {
        try (var _ = HeldDatabase.whileRecovering(postmaster)) {
            int startup = only("startup");
            RunningPostmaster.signal(startup, "STOP");
            postmaster.signal("INT");
            postmaster.awaitLog("received fast shutdown request");
            ForcedExit.end(startup, "SIGKILL");
            assertThat(postmaster.awaitExit()).isEqualTo(1);
            assertSaid("LOG:  startup process (PID " + startup + ") was terminated by signal 9: Killed");
            assertSaid(ABNORMAL);
        }
    }

    @ParameterizedTest(name = "exit {0}")
    @CsvSource({
        "0, DEBUG:  startup process (PID %d) exited with exit code 0, 0",
        "1, DEBUG:  startup process (PID %d) exited with exit code 1, 0",
        "2, LOG:  startup process (PID %d) exited with exit code 2, 1",
        "3, LOG:  shutdown at recovery target, 0",
        "77, LOG:  startup process (PID %d) exited with exit code 77, 1",
    })
    void pm23_24_whatAStartupProcessSaysThatIsToldToGo(int code, String obituary, int status) throws SQLException {
        try (var _ = HeldDatabase.whileRecovering(postmaster)) {
            int startup = only("startup");
            ForcedExit.laterOf(startup, code);
            postmaster.signal("INT");
            assertThat(postmaster.awaitExit()).isEqualTo(status);
            assertSaid(obituary.formatted(startup));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "exit 0, DEBUG:  checkpointer process (PID %d) exited with exit code 0, 0",
        "exit 1, LOG:  checkpointer process (PID %d) exited with exit code 1, 1",
        "exit 2, LOG:  checkpointer process (PID %d) exited with exit code 2, 1",
        "exit 3, LOG:  checkpointer process (PID %d) exited with exit code 3, 1",
        "exit 77, LOG:  checkpointer process (PID %d) exited with exit code 77, 1",
        "SIGSEGV, LOG:  checkpointer process (PID %d) was terminated by signal, 1"
    })
    void pm26_29_anyEndOfTheCheckpointerButZeroMakesAShutdownAbnormal(String end, String obituary, int status)
            throws IOException {
        postmaster.startAgain();
        postmaster.awaitLog(READY);
        int checkpointer = only("checkpointer");
        Path control = postmaster.dataDirectory().resolve("global/pg_control");
        Path away = Files.move(control, control.resolveSibling("pg_control.away"));
        assertThat(Outcome.of(new ProcessBuilder("mkfifo", control.toString())).status())
                .isZero();
        try {
            postmaster.signal("INT");
            postmaster.awaitLog("] LOG:  shutting down"); // it reads the control file next, and waits for a writer
            ForcedExit.end(checkpointer, end);
            assertThat(postmaster.awaitExit()).isEqualTo(status);
        } finally {
            Files.delete(control);
            Files.move(away, control);
        }
        assertSaid(obituary.formatted(checkpointer));
        assertThat(postmaster.log().stream().anyMatch(line -> line.endsWith(ABNORMAL)))
                .isEqualTo(status != 0);
    }

    private void shutDownImmediately() {
        postmaster.signal("QUIT");
        postmaster.awaitExit();
    }

    private int only(String kind) {
        return Proc.childrenOf(postmaster.pid(), kind).getFirst();
    }

    private void assertSaid(String text) {
        assertThat(postmaster.log()).anyMatch(line -> line.contains(text));
    }
}
