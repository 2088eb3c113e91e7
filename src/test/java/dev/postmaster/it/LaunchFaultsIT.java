package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.cluster.WorkerStatus.State;
import dev.postmaster.os.Errno;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * CK-16 row by row with a packaged postmaster. Where the kernel itself can be made to refuse, it is in LaunchRefusedIT; here
 * it is refused at its door. The pure rules for all kinds, with real children, are in LaunchFaultsTest.
 *
 * <pre>
 * row                                  covered by
 * -----------------------------------  ------------------------------------------------------------------------
 * startup                              LaunchRefusedIT.withoutAStartupProcessThereIsNothingToWaitFor
 * checkpointer                         aCheckpointerIsTriedAgainUntilItIsThere
 * checkpointer, after WAIT_BACKENDS    pm17_withoutACheckpointerThereIsNoLastCheckpointAndTheNextStartRecovers
 * bgworker, a function                 aWorkerRestsAndIsLaunchedLater, LaunchRefusedIT.aWorkerRestsUntilThereAreDescriptorsAgain
 * bgworker, a command                  CommandWorkerIT.bw15AProgramThatIsNotThereRestsAndKeepsNobodyFromWork
 * syslogger                            LaunchRefusedIT.aSysloggerIsTriedAgainAndNobodyElseNotices
 * backend                              LaunchRefusedIT.aClientIsToldAndTheNextOneIsServed_CL40
 * backend_command                      ExternalBackendIT
 * bgwriter, wal_writer, wal_receiver,  LaunchFaultsTest: these kinds have no program yet
 * archiver, autovacuum launcher and
 * autovacuum worker
 * CK-17                                LaunchFaultsTest.ck17AFileThatCannotBeWrittenHasItsOwnLineBeforeTheKinds
 * </pre>
 */
class LaunchFaultsIT {
    private static final String READY = "database system is ready to accept connections";
    private static final String NO_CHECKPOINTER =
            "LOG:  could not fork checkpointer process: Resource temporarily unavailable";
    private static final String[] WORKER = {
        "worker.copy.function=backup",
        "worker.copy.argument=directory=backups every=1h",
        "worker.copy.database_access=on",
        "worker.copy.restart_interval=1s",
        "max_worker_processes=1"
    };

    @Test
    void aCheckpointerIsTriedAgainUntilItIsThere() throws SQLException {
        try (var faults = new LaunchFaults();
                var postmaster = start(faults, "crash_restart_limit=0")) {
            loseCheckpointer(postmaster, faults);
            try (Connection session = postmaster.connect()) {
                postmaster.awaitLog(NO_CHECKPOINTER, 2);
                faults.lift();
                Deadline.await("it is there", RunningPostmaster.PATIENCE, () -> !Proc.childrenOf(
                                postmaster.pid(), "checkpointer")
                        .isEmpty());
                assertThat(session.isValid(30)).isTrue();
            }
            postmaster.signal("INT");
            assertThat(postmaster.awaitExit()).isZero();
        }
    }

    @Test
    void pm17_withoutACheckpointerThereIsNoLastCheckpointAndTheNextStartRecovers() throws SQLException {
        try (var faults = new LaunchFaults();
                var postmaster = start(faults, "log_min_messages=debug1")) {
            loseCheckpointer(postmaster, faults);
            try (Connection session = postmaster.connect()) {
                session.createStatement().execute("create table kept as select 42 as answer");
            }
            postmaster.signal("INT");

            assertThat(postmaster.awaitExit()).isEqualTo(1);
            assertThat(moves(postmaster))
                    .endsWith(
                            "PM_WAIT_BACKENDS --> PM_SHUTDOWN",
                            "PM_SHUTDOWN --> PM_WAIT_BACKENDS",
                            "PM_WAIT_BACKENDS --> PM_WAIT_DEAD_END",
                            "PM_WAIT_DEAD_END --> PM_NO_CHILDREN");
            assertThat(postmaster.log()).anyMatch(line -> line.endsWith("LOG:  abnormal database system shutdown"));

            faults.lift();
            postmaster.startAgain();
            postmaster.awaitLog("database system was not properly shut down; automatic recovery in progress");
            postmaster.awaitLog(READY);
            assertThat(postmaster.psql("-Atc", "select answer from kept").out()).isEqualTo("42\n");
        }
    }

    @Test
    void aWorkerRestsAndIsLaunchedLater() throws SQLException {
        try (var faults = new LaunchFaults();
                var postmaster = start(faults, WORKER);
                Connection session = postmaster.connect()) {
            var news = new WorkerNews(postmaster);
            int first = news.await("copy", State.RUNNING).pid();
            faults.refuse("bgworker", Errno.ENOMEM);
            RunningPostmaster.signal(first, "TERM"); // exit 1: it will be wanted again in a second

            // Twice: the only slot was given back, and the interval holds for a refusal too (BW-15).
            postmaster.awaitLog("LOG:  could not fork worker process: Cannot allocate memory", 2);
            assertThat(news.await("copy", State.RESTING).note())
                    .isEqualTo("could not be launched: Cannot allocate memory");
            faults.lift();

            assertThat(news.await("copy", State.RUNNING).pid()).isNotEqualTo(first);
            assertThat(session.isValid(30)).isTrue();
        }
    }

    @Test
    void sessionsAreServedWhileTheKernelHasNoProcessForAnotherOne() throws SQLException {
        try (var faults = new LaunchFaults();
                var postmaster = start(faults, "spares_max=0");
                Connection session = postmaster.connect()) {
            faults.refuse("backend", Errno.EAGAIN);
            assertThatThrownBy(postmaster::connect).isInstanceOf(SQLException.class);
            postmaster.awaitLog("LOG:  could not fork new process for connection: Resource temporarily unavailable");
            assertThat(session.isValid(30)).isTrue();

            faults.slow("backend", Duration.ofMillis(300));
            try (Connection late = postmaster.connect()) {
                assertThat(late.isValid(30)).isTrue();
            }
        }
    }

    private static RunningPostmaster start(LaunchFaults faults, String... settings) {
        return RunningPostmaster.startUnder(faults.wrapper(), settings);
    }

    /** It ends in a crash; then the system serves again, but without one. */
    private static void loseCheckpointer(RunningPostmaster postmaster, LaunchFaults faults) {
        faults.refuse("checkpointer", Errno.EAGAIN);
        RunningPostmaster.signal(
                Proc.childrenOf(postmaster.pid(), "checkpointer").getFirst(), "KILL");
        postmaster.awaitLog(READY, 2);
        postmaster.awaitLog(NO_CHECKPOINTER);
    }

    private static List<String> moves(RunningPostmaster postmaster) {
        return postmaster.log().stream()
                .flatMap(line -> DocumentedMoves.in(line).stream())
                .toList();
    }
}
