package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.shmem.PmSignal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every transition of 3.4 (PM-10 to PM-33) with a packaged postmaster and real children, as its log tells them. At the end
 * every arrow of the documented diagram has been gone.
 *
 * <pre>
 * PM-10, 13, 16, 18, 22, 26 to 30   aSmartShutdownWithoutSessionsGoesThroughEveryPhase
 * PM-11, 15, 33                     aCrashLeadsBackThroughRecovery
 * PM-12                             aConsistentSystemTakesReadersUntilRecoveryEnds
 * PM-14                             aCrashWhileSessionsLeaveKeepsThePhaseAndMakesTheExitAbnormal
 * PM-17                             LaunchFaultsIT.pm17…
 * PM-19, 20, 21, 23                 aShutdownWhileTheStartupProcessHasNotBegun, aShutdownInRecovery and others
 * PM-24                             exitThreeOfTheStartupProcessIsAShutdownAtTheRecoveryTarget
 * PM-25                             aCrashIn…, one for each phase
 * PM-31                             aStartupProcessThatFailsByItselfIsTheEnd
 * PM-32                             withRestartAfterCrashOffACrashIsTheEnd
 * </pre>
 *
 * Standbys do not exist yet, so PM_HOT_STANDBY is entered because a test says what a startup process would say.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransitionsIT {
    private static final String BEFORE_THE_FIRST_CHILD = "PM_INIT --> PM_WAIT_DEAD_END";

    private static final String[] SETTINGS = {"log_min_messages=debug1", "crash_restart_limit=0"};

    private final DocumentedMoves diagram = new DocumentedMoves();
    private final Set<String> gone = new TreeSet<>();

    @Test
    void pm10_13_16_18_22_26_27_28_30_aSmartShutdownWithoutSessionsGoesThroughEveryPhase() {
        try (var postmaster = start()) {
            postmaster.signal("TERM");
            assertThat(postmaster.awaitExit()).isZero();
            assertThat(arrows(postmaster))
                    .containsExactly(
                            "PM_INIT --> PM_STARTUP",
                            "PM_STARTUP --> PM_RUN",
                            "PM_RUN --> PM_STOP_BACKENDS",
                            "PM_STOP_BACKENDS --> PM_WAIT_BACKENDS",
                            "PM_WAIT_BACKENDS --> PM_SHUTDOWN",
                            "PM_SHUTDOWN --> PM_SHUTDOWN_2",
                            "PM_SHUTDOWN_2 --> PM_WAIT_DEAD_END",
                            "PM_WAIT_DEAD_END --> PM_NO_CHILDREN");
        }
    }

    @Test
    void pm11_13_15_25_33_aCrashLeadsBackThroughRecovery() {
        try (var postmaster = start()) {
            kill(postmaster, "checkpointer");
            postmaster.awaitLog("database system is ready to accept connections", 2);
            assertThat(arrows(postmaster))
                    .endsWith(
                            "PM_RUN --> PM_WAIT_BACKENDS",
                            "PM_WAIT_BACKENDS --> PM_WAIT_DEAD_END",
                            "PM_WAIT_DEAD_END --> PM_NO_CHILDREN",
                            "PM_NO_CHILDREN --> PM_STARTUP",
                            "PM_STARTUP --> PM_RECOVERY",
                            "PM_RECOVERY --> PM_RUN");
        }
    }

    @Test
    void pm36_aMilestoneThatComesTooLateIsIgnored() throws SQLException {
        try (var postmaster = start()) {
            List<String> before = arrows(postmaster);
            ChildsVoice.say(postmaster, PmSignal.RECOVERY_STARTED);
            ChildsVoice.say(postmaster, PmSignal.BEGIN_HOT_STANDBY);
            try (Connection session = postmaster.connect()) {
                assertThat(session.isValid(30)).isTrue();
            }
            assertThat(arrows(postmaster)).isEqualTo(before);
        }
    }

    @ParameterizedTest(name = "{0} in PM_STARTUP")
    @CsvSource({"TERM, PM_STOP_BACKENDS, 0", "INT, PM_STOP_BACKENDS, 0", "QUIT, PM_WAIT_BACKENDS, 0"})
    void pm19_20_21_23_aShutdownWhileTheStartupProcessHasNotBegun(String signal, String next, int status) {
        try (var postmaster = RunningPostmaster.launchOnly(SETTINGS)) {
            int startup = stoppedStartup(postmaster);
            postmaster.signal(signal);
            postmaster.awaitLog("shutdown request");
            RunningPostmaster.signal(startup, "CONT");
            assertThat(postmaster.awaitExit()).isEqualTo(status);
            assertThat(arrows(postmaster)).contains("PM_STARTUP --> " + next);
        }
    }

    @Test
    void pm25_48_aCrashWhileTheStartupProcessHasNotBegunStartsOver() {
        try (var postmaster = RunningPostmaster.launchOnly(SETTINGS)) {
            int startup = stoppedStartup(postmaster);
            kill(postmaster, "checkpointer");
            postmaster.awaitLog("terminating any other active server processes");
            RunningPostmaster.signal(startup, "CONT");
            postmaster.awaitLog("database system is ready to accept connections");
            assertThat(arrows(postmaster)).contains("PM_STARTUP --> PM_WAIT_BACKENDS", "PM_NO_CHILDREN --> PM_STARTUP");
        }
    }

    @ParameterizedTest(name = "{0} in PM_RECOVERY")
    @CsvSource({"TERM, PM_STOP_BACKENDS", "INT, PM_STOP_BACKENDS", "QUIT, PM_WAIT_BACKENDS"})
    void pm19_20_21_23_aShutdownInRecovery(String signal, String next) throws SQLException {
        try (var postmaster = crashed();
                var _ = HeldDatabase.whileRecovering(postmaster)) {
            postmaster.signal(signal);
            assertThat(postmaster.awaitExit()).isZero();
            assertThat(arrows(postmaster)).contains("PM_RECOVERY --> " + next);
        }
    }

    @Test
    void pm25_aCrashInRecoveryStartsOver() throws SQLException {
        try (var postmaster = crashed()) {
            try (var _ = HeldDatabase.whileRecovering(postmaster)) {
                kill(postmaster, "checkpointer");
                postmaster.awaitLog("all server processes terminated; reinitializing");
            }
            postmaster.awaitLog("database system is ready to accept connections");
            assertThat(arrows(postmaster)).contains("PM_RECOVERY --> PM_WAIT_BACKENDS");
        }
    }

    @Test
    void pm24_exitThreeOfTheStartupProcessIsAShutdownAtTheRecoveryTarget() throws SQLException {
        try (var postmaster = crashed(ForcedExit.SETTING);
                var _ = HeldDatabase.whileRecovering(postmaster)) {
            assertThat(ForcedExit.of(only(postmaster, "startup"), 3)).isTrue();
            assertThat(postmaster.awaitExit()).isZero();
            assertThat(postmaster.log()).anyMatch(line -> line.endsWith("shutdown at recovery target"));
            assertThat(arrows(postmaster)).contains("PM_RECOVERY --> PM_WAIT_BACKENDS");
        }
        ForcedExit.sweep();
    }

    @Test
    void pm31_aStartupProcessThatFailsByItselfIsTheEnd() throws SQLException {
        try (var postmaster = crashed();
                var _ = HeldDatabase.whileRecovering(postmaster)) {
            kill(postmaster, "startup");
            assertThat(postmaster.awaitExit()).isEqualTo(1);
            assertThat(postmaster.log())
                    .anyMatch(line -> line.endsWith("shutting down due to startup process failure"));
            assertThat(arrows(postmaster)).contains("PM_RECOVERY --> PM_WAIT_BACKENDS");
        }
    }

    @Test
    void pm12_13_aConsistentSystemTakesReadersUntilRecoveryEnds() throws SQLException {
        try (var postmaster = crashed()) {
            try (var _ = consistent(postmaster)) {
                assertThat(arrows(postmaster)).endsWith("PM_RECOVERY --> PM_HOT_STANDBY");
            }
            postmaster.awaitLog("database system is ready to accept connections");
            assertThat(arrows(postmaster)).endsWith("PM_HOT_STANDBY --> PM_RUN");
        }
    }

    @ParameterizedTest(name = "{0} in PM_HOT_STANDBY")
    @CsvSource({"TERM, PM_STOP_BACKENDS", "INT, PM_STOP_BACKENDS", "QUIT, PM_WAIT_BACKENDS"})
    void pm18_20_21_aShutdownInHotStandby(String signal, String next) throws SQLException {
        try (var postmaster = crashed();
                var _ = consistent(postmaster)) {
            postmaster.signal(signal);
            assertThat(postmaster.awaitExit()).isZero();
            assertThat(arrows(postmaster)).contains("PM_HOT_STANDBY --> " + next);
        }
    }

    @Test
    void pm25_aCrashInHotStandbyStartsOver() throws SQLException {
        try (var postmaster = crashed()) {
            try (var _ = consistent(postmaster)) {
                kill(postmaster, "checkpointer");
                postmaster.awaitLog("all server processes terminated; reinitializing");
            }
            postmaster.awaitLog("database system is ready to accept connections");
            assertThat(arrows(postmaster)).contains("PM_HOT_STANDBY --> PM_WAIT_BACKENDS");
        }
    }

    @ParameterizedTest(name = "{0} in PM_RUN")
    @CsvSource({"INT, PM_STOP_BACKENDS", "QUIT, PM_WAIT_BACKENDS"})
    void pm20_21_aShutdownWithASession(String signal, String next) throws SQLException {
        try (var postmaster = start();
                var session = postmaster.connect()) {
            assertThat(session.isValid(30)).isTrue();
            postmaster.signal(signal);
            assertThat(postmaster.awaitExit()).isZero();
            assertThat(arrows(postmaster)).contains("PM_RUN --> " + next);
        }
    }

    @Test
    void pm21_anImmediateShutdownOvertakesTheLastCheckpoint() {
        try (var postmaster = start()) {
            stopInLastCheckpoint(postmaster);
            postmaster.signal("QUIT");
            assertThat(postmaster.awaitExit()).isZero();
            assertThat(arrows(postmaster)).contains("PM_SHUTDOWN --> PM_WAIT_BACKENDS");
        }
    }

    @Test
    void pm25_29_aCrashInTheLastCheckpointIsAnAbnormalShutdown() {
        try (var postmaster = start()) {
            stopInLastCheckpoint(postmaster);
            kill(postmaster, "checkpointer");
            assertThat(postmaster.awaitExit()).isEqualTo(1);
            assertThat(postmaster.log()).anyMatch(line -> line.endsWith("abnormal database system shutdown"));
            assertThat(arrows(postmaster)).contains("PM_SHUTDOWN --> PM_WAIT_BACKENDS");
        }
    }

    @Test
    void pm35_aCrashWhileSessionsLeaveKeepsThePhaseAndMakesTheExitAbnormal() throws SQLException {
        try (var postmaster = start();
                var session = postmaster.connect()) {
            RunningPostmaster.signal(RunningPostmaster.backendPid(session), "STOP");
            postmaster.signal("INT");
            postmaster.awaitLog("aborting any active transactions");
            kill(postmaster, "checkpointer");
            assertThat(postmaster.awaitExit()).isEqualTo(1);
            assertThat(postmaster.log()).anyMatch(line -> line.endsWith("abnormal database system shutdown"));
            assertThat(arrows(postmaster)).endsWith("PM_WAIT_DEAD_END --> PM_NO_CHILDREN");
        }
    }

    @Test
    void pm32_withRestartAfterCrashOffACrashIsTheEnd() {
        try (var postmaster = RunningPostmaster.start("log_min_messages=debug1", "restart_after_crash=off")) {
            kill(postmaster, "checkpointer");
            assertThat(postmaster.awaitExit()).isEqualTo(1);
            assertThat(postmaster.log())
                    .anyMatch(line -> line.endsWith("shutting down because restart_after_crash is off"));
            assertThat(arrows(postmaster)).endsWith("PM_WAIT_DEAD_END --> PM_NO_CHILDREN");
        }
    }

    /** Signals wait until the postmaster can hear them, and then come before the first child: if they came that early. */
    @Test
    void aShutdownWhileItStartsNeedsNoChildren() {
        Deadline.await("a request is early enough", RunningPostmaster.PATIENCE, () -> {
            try (var postmaster = RunningPostmaster.launchOnly(SETTINGS)) {
                postmaster.awaitLog("starting Postmaster");
                postmaster.signal("INT");
                assertThat(postmaster.awaitExit()).isZero();
                return arrows(postmaster).contains(BEFORE_THE_FIRST_CHILD);
            }
        });
    }

    @Test
    void withoutAClusterNobodyRecoversAndNoLastCheckpointIsWritten() {
        try (var postmaster = RunningPostmaster.startWithoutCluster(
                "log_min_messages=debug1",
                "worker.copy.function=backup",
                "worker.copy.argument=database=postgres directory=backups every=1h",
                "worker.copy.database_access=on")) {
            postmaster.awaitLog("could not back up"); // so it is at work, in vain
            kill(postmaster, "bgworker");
            postmaster.awaitLog("database system is ready to accept connections", 2);
            postmaster.signal("INT");
            assertThat(postmaster.awaitExit()).isZero();
            assertThat(arrows(postmaster))
                    .contains("PM_INIT --> PM_RUN", "PM_NO_CHILDREN --> PM_RUN", "PM_WAIT_BACKENDS --> PM_SHUTDOWN_2");
        }
    }

    @AfterAll
    void everyArrowOfTheDiagramWasGone() {
        Set<String> missing = new TreeSet<>(diagram.arrows());
        missing.removeAll(gone);
        assertThat(missing).isEmpty();
    }

    private static RunningPostmaster start() {
        return RunningPostmaster.start(SETTINGS);
    }

    /** One that was shut down immediately, so that its next start recovers. */
    private static RunningPostmaster crashed(String... more) {
        var settings = new ArrayList<>(List.of(SETTINGS));
        settings.addAll(List.of(more));
        var postmaster = RunningPostmaster.start(settings.toArray(String[]::new));
        postmaster.signal("QUIT");
        postmaster.awaitExit();
        return postmaster;
    }

    private static HeldDatabase consistent(RunningPostmaster postmaster) throws SQLException {
        HeldDatabase held = HeldDatabase.whileRecovering(postmaster);
        ChildsVoice.say(postmaster, PmSignal.BEGIN_HOT_STANDBY);
        postmaster.awaitLog("database system is ready to accept read-only connections");
        return held;
    }

    /** Stopped before it could say anything. */
    private static int stoppedStartup(RunningPostmaster postmaster) {
        Deadline.await("the startup process is there", RunningPostmaster.PATIENCE, () -> !Proc.childrenOf(
                        postmaster.pid(), "startup")
                .isEmpty());
        int startup = only(postmaster, "startup");
        RunningPostmaster.signal(startup, "STOP");
        return startup;
    }

    private static void stopInLastCheckpoint(RunningPostmaster postmaster) {
        RunningPostmaster.signal(only(postmaster, "checkpointer"), "STOP");
        postmaster.signal("INT");
        postmaster.awaitLog("to PM_SHUTDOWN on");
    }

    private static void kill(RunningPostmaster postmaster, String kind) {
        RunningPostmaster.signal(only(postmaster, kind), "KILL");
    }

    private static int only(RunningPostmaster postmaster, String kind) {
        return Proc.childrenOf(postmaster.pid(), kind).getFirst();
    }

    /** The arrows that a postmaster has gone since its last start; they count. */
    private List<String> arrows(RunningPostmaster postmaster) {
        List<String> arrows = postmaster.log().stream()
                .flatMap(line -> DocumentedMoves.in(line).stream())
                .toList();
        gone.addAll(arrows);
        return arrows;
    }
}
