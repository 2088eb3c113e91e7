package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.child.bgworker.WorkerJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The matrix of 4.5 with real processes, in the words of SG-37 and at the levels of SG-38, under PostgreSQL's crash rule.
 * For all kinds it is in ExitRulesTest, without processes.
 *
 * <pre>
 * row of 4.5                    0, 1, 2, 3, 77, SIGKILL, SIGSEGV, SIGTERM and others
 * ----------------------------  ----------------------------------------------------------------------------------
 * startup, Shutdown none        PhaseExitsIT; 3: TransitionsIT.pm24…
 * startup, Shutdown > none      0, 1: TransitionsIT.pm19_20_21_23…; other: PhaseExitsIT
 * checkpointer, PM_SHUTDOWN     PhaseExitsIT; SIGKILL: TransitionsIT.pm25_29…
 * checkpointer, other state     here
 * syslogger                     here
 * bgworker, slot clean          0: aWorkerThatIsDoneIsToldAndNeverRunsAgain; 1, 2: here
 * backend, slot clean           here (0, 1, 2)
 * any slotted child, slot not   here (exit 0 and 1 by force: nothing is handed back)
 * ASSIGNED                      bgworker, exit 0: JavaWorkerIT.aWorkerThatVanishesWithExitZero…
 * unknown PID                   OrphansIT: no orphan ever resets, whatever its status (decision 11)
 * bgwriter, wal_writer,         ExitRulesTest: these kinds have no program yet
 * wal_receiver, archiver,
 * autovacuum launcher, its
 * workers, walsender
 * beyond the spec: programs     CommandWorkerIT.everyEndOfAProgramIsTold…, ExternalBackendIT.theDeathOfOne…
 * beyond the spec: isolated     CrashRestartIT.killedBackendCostsItsOwnSessionOnly
 * </pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExitMatrixIT {
    private static final String READY = "database system is ready to accept connections";
    private static final String RESET = "all server processes terminated; reinitializing";
    private static final String WORKERS = """
            import dev.postmaster.worker.*;
            import java.time.Duration;

            public final class Team {
                public static final class Waiter implements WorkerFunction {
                    public void run(WorkerContext context) throws Exception {
                        context.log().log("waiter waits");
                        context.await(Duration.ofHours(1));
                    }
                }

                public static final class Brief implements WorkerFunction {
                    public void run(WorkerContext context) {}
                }
            }
            """;

    /** What follows from an end. */
    enum Sequel {
        /** Everybody goes, and the system starts over. */
        RESET,
        /** Nothing. */
        FORGOTTEN,
        /** Another one of its kind comes, and nobody notices. */
        REPLACED,
        /** It was no end: the signal is ignored. */
        UNMOVED
    }

    private CollectedLog log;
    private RunningPostmaster postmaster;

    @BeforeAll
    void start(@TempDir Path scratch) throws IOException {
        Path jar = scratch.resolve("team.jar");
        Path source = Files.writeString(scratch.resolve("Team.java"), WORKERS);
        Path classes = Files.createDirectory(scratch.resolve("classes"));
        WorkerJar.build(jar, System.getProperty("java.class.path"), classes, List.of(source));
        log = new CollectedLog(scratch.resolve("pm.log"));
        postmaster = RunningPostmaster.launchOnly(
                "crash_scope=reset",
                "spares_max=0",
                "crash_restart_limit=0",
                "log_min_messages=debug2",
                "logging_collector=on",
                "log_directory=" + scratch,
                "log_filename=pm.log",
                "worker.waiter.library=" + jar,
                "worker.waiter.function=Team$Waiter",
                "worker.waiter.restart_interval=0",
                "worker.brief.library=" + jar,
                "worker.brief.function=Team$Brief",
                "worker.brief.restart_interval=0",
                ForcedExit.SETTING);
        awaitLog(0, READY);
    }

    @AfterAll
    void stop() {
        postmaster.close();
        ForcedExit.sweep();
    }

    @ParameterizedTest(name = "{0}, {1}: {3}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "backend, leaves, DEBUG:  server process (PID %d) exited with exit code 0, FORGOTTEN",
                "backend, SIGTERM, DEBUG:  server process (PID %d) exited with exit code 1, FORGOTTEN",
                "backend, SIGQUIT, LOG:  server process (PID %d) exited with exit code 2, RESET",
                "backend, exit 0, LOG:  server process (PID %d) exited with exit code 0, RESET",
                "backend, exit 1, LOG:  server process (PID %d) exited with exit code 1, RESET",
                "backend, exit 3, LOG:  server process (PID %d) exited with exit code 3, RESET",
                "backend, exit 77, LOG:  server process (PID %d) exited with exit code 77, RESET",
                "backend, SIGKILL, LOG:  server process (PID %d) was terminated by signal 9: Killed, RESET",
                "backend, SIGABRT, LOG:  server process (PID %d) was terminated by signal 6: Aborted, RESET",
                "backend, SIGSEGV, LOG:  server process (PID %d) was terminated by signal, RESET",
                "bgworker, SIGTERM, LOG:  background worker \"waiter\" (PID %d) exited with exit code 1, REPLACED",
                "bgworker, exit 2, LOG:  background worker \"waiter\" (PID %d) exited with exit code 2, RESET",
                "bgworker, exit 1, LOG:  background worker \"waiter\" (PID %d) exited with exit code 1, RESET",
                "bgworker, exit 3, LOG:  background worker \"waiter\" (PID %d) exited with exit code 3, RESET",
                "bgworker, exit 77, LOG:  background worker \"waiter\" (PID %d) exited with exit code 77, RESET",
                "bgworker, SIGKILL, LOG:  background worker \"waiter\" (PID %d) was terminated by signal 9: Killed, RESET",
                "bgworker, SIGSEGV, LOG:  background worker \"waiter\" (PID %d) was terminated by signal, RESET",
                "checkpointer, SIGTERM, ``, UNMOVED",
                "checkpointer, SIGUSR2, LOG:  checkpointer process (PID %d) exited with exit code 0, RESET",
                "checkpointer, exit 1, LOG:  checkpointer process (PID %d) exited with exit code 1, RESET",
                "checkpointer, SIGQUIT, LOG:  checkpointer process (PID %d) was terminated by signal 3: Quit, RESET",
                "checkpointer, exit 2, LOG:  checkpointer process (PID %d) exited with exit code 2, RESET",
                "checkpointer, exit 3, LOG:  checkpointer process (PID %d) exited with exit code 3, RESET",
                "checkpointer, exit 77, LOG:  checkpointer process (PID %d) exited with exit code 77, RESET",
                "checkpointer, SIGKILL, LOG:  checkpointer process (PID %d) was terminated by signal 9: Killed, RESET",
                "checkpointer, SIGABRT, LOG:  checkpointer process (PID %d) was terminated by signal 6: Aborted, RESET",
                "checkpointer, SIGSEGV, LOG:  checkpointer process (PID %d) was terminated by signal, RESET",
                "syslogger, SIGTERM, ``, UNMOVED",
                "syslogger, SIGQUIT, ``, UNMOVED",
                "syslogger, exit 0, DEBUG:  system logger process (PID %d) exited with exit code 0, REPLACED",
                "syslogger, exit 1, LOG:  system logger process (PID %d) exited with exit code 1, REPLACED",
                "syslogger, exit 2, LOG:  system logger process (PID %d) exited with exit code 2, REPLACED",
                "syslogger, exit 3, LOG:  system logger process (PID %d) exited with exit code 3, REPLACED",
                "syslogger, exit 77, LOG:  system logger process (PID %d) exited with exit code 77, REPLACED",
                "syslogger, SIGKILL, LOG:  system logger process (PID %d) was terminated by signal 9: Killed, REPLACED",
                "syslogger, SIGSEGV, LOG:  system logger process (PID %d) was terminated by signal, REPLACED"
            })
    void section45(String kind, String end, String obituary, Sequel sequel) throws SQLException {
        try (Connection bystander = postmaster.connect();
                Connection session = postmaster.connect()) {
            int victim = kind.equals("backend") ? RunningPostmaster.backendPid(session) : only(kind);
            int since = log.size();

            hit(victim, end, session);

            if (sequel != Sequel.UNMOVED) {
                awaitLog(since, obituary.formatted(victim));
            }
            switch (sequel) {
                case RESET -> {
                    awaitLog(since, RESET);
                    awaitLog(since, READY);
                }
                case FORGOTTEN -> Proc.awaitGone(victim);
                case REPLACED -> assertThat(only(kind)).isNotEqualTo(victim);
                case UNMOVED -> assertThat(only(kind)).isEqualTo(victim);
            }
            assertThat(bystander.isValid(30)).isEqualTo(sequel != Sequel.RESET);
            assertThat(log.says(since, line -> line.endsWith("terminating any other active server processes")))
                    .isEqualTo(sequel == Sequel.RESET);
        }
    }

    @Test
    void aWorkerThatIsDoneIsToldAndNeverRunsAgain() {
        String done = "DEBUG:  background worker \"brief\" (PID ";
        awaitLog(0, done);
        int since = log.size();
        RunningPostmaster.signal(only("checkpointer"), "KILL");
        awaitLog(since, "waiter waits"); // so all workers that are due were started
        assertThat(log.from(0).stream().filter(line -> line.contains(done)))
                .singleElement()
                .asString()
                .endsWith("exited with exit code 0");
    }

    private void hit(int victim, String end, Connection session) throws SQLException {
        if (end.equals("leaves")) {
            session.close();
        } else {
            ForcedExit.end(victim, end);
        }
    }

    /** The one process of this kind, when it is at work. */
    private int only(String kind) {
        Deadline.await(
                "there is one " + kind,
                RunningPostmaster.PATIENCE,
                () -> Proc.childrenOf(postmaster.pid(), kind).size() == 1);
        int pid = Proc.childrenOf(postmaster.pid(), kind).getFirst();
        if (kind.equals("bgworker")) {
            awaitLog(0, "[" + pid + "] LOG:  waiter waits");
        }
        return pid;
    }

    private void awaitLog(int since, String text) {
        Deadline.await(
                "the log says: " + text,
                RunningPostmaster.PATIENCE,
                () -> log.says(since, line -> line.contains(text)));
    }
}
