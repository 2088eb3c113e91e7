package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The matrix of 4.5 with real processes, under PostgreSQL's crash rule; for all kinds it is in ExitRulesTest. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExitMatrixIT {
    private static final String RESET = "all server processes terminated; reinitializing";

    private RunningPostmaster postmaster;

    @BeforeAll
    void start() {
        postmaster = RunningPostmaster.start("crash_scope=reset", "crash_restart_limit=0");
    }

    @AfterAll
    void stop() {
        postmaster.close();
    }

    @ParameterizedTest(name = "{0} and SIG{1}: {2}")
    @CsvSource({
        "checkpointer, KILL, checkpointer process (PID %d) was terminated by signal 9: Killed",
        "checkpointer, ABRT, checkpointer process (PID %d) was terminated by signal 6: Aborted",
        "checkpointer, SEGV, checkpointer process (PID %d) was terminated by signal",
        "checkpointer, QUIT, checkpointer process (PID %d)",
        "checkpointer, USR2, checkpointer process (PID %d) exited with exit code 0",
        "backend, KILL, server process (PID %d) was terminated by signal 9: Killed",
        "backend, ABRT, server process (PID %d) was terminated by signal 6: Aborted",
        "backend, QUIT, server process (PID %d) exited with exit code 2"
    })
    void sg37TheseEndsAreCrashes(String kind, String signal, String obituary) throws SQLException {
        long resets = resets();
        try (Connection session = postmaster.connect()) {
            assertThat(session.isValid(5)).isTrue();
            int victim = Proc.childrenOf(postmaster.pid(), kind).getFirst();

            RunningPostmaster.signal(victim, signal);

            postmaster.awaitLog(obituary.formatted(victim));
            postmaster.awaitLog(RESET, (int) resets + 1);
        }
        postmaster.awaitLog("database system is ready to accept connections", (int) resets + 2);
    }

    @Test
    void exitOneOfASessionAndSigtermToACheckpointerAreNoCrashes() throws SQLException {
        long resets = resets();
        try (Connection session = postmaster.connect();
                Connection bystander = postmaster.connect()) {
            int victim = RunningPostmaster.backendPid(session);
            int checkpointer = Proc.childrenOf(postmaster.pid(), "checkpointer").getFirst();
            RunningPostmaster.signal(checkpointer, "TERM");

            RunningPostmaster.signal(victim, "TERM");

            Deadline.await("the session is gone", RunningPostmaster.PATIENCE, () -> !Proc.exists(victim));
            // Only a checkpointer that has read its signals answers, and it must be the same.
            bystander.createStatement().execute("checkpoint");
            assertThat(Proc.childrenOf(postmaster.pid(), "checkpointer")).containsExactly(checkpointer);
            assertThat(resets()).isEqualTo(resets);
        }
    }

    @Test
    void pm48AStartupProcessThatFailsByItselfIsTheEnd() {
        try (var starting = RunningPostmaster.start()) {
            starting.signal("QUIT");
            starting.awaitExit();
            starting.startAgain();
            Deadline.await("the startup process is there", RunningPostmaster.PATIENCE, () -> !Proc.childrenOf(
                            starting.pid(), "startup")
                    .isEmpty());

            RunningPostmaster.signal(Proc.childrenOf(starting.pid(), "startup").getFirst(), "KILL");

            assertThat(starting.awaitExit()).isEqualTo(1);
            assertThat(starting.log())
                    .anyMatch(line -> line.contains("startup process (PID"))
                    .anyMatch(line -> line.endsWith("shutting down due to startup process failure"));
        }
    }

    private long resets() {
        return postmaster.log().stream().filter(line -> line.endsWith(RESET)).count();
    }
}
