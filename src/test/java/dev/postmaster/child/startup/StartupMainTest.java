package dev.postmaster.child.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.child.TestChild;
import dev.postmaster.child.TestCluster;
import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.ClusterState;
import dev.postmaster.cluster.ControlFile;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.Sig;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.shmem.PmSignal;
import dev.postmaster.shmem.RecoveryPhase;
import dev.postmaster.store.Databases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The startup process over real SQLite files. */
@Timeout(60)
class StartupMainTest {
    @TempDir
    Path directory;

    @Test
    void afterACleanShutdownItOnlyOpensTheDatabases() throws Exception {
        ClusterLayout layout = cluster(ClusterState.SHUT_DOWN);
        try (TestChild startup = new TestChild(ChildKind.STARTUP, layout)) {
            assertThat(statusOf(startup)).isZero();
            assertThat(startup.log()).isEqualTo("LOG:  database system was shut down at 2026-11-21 10:00:00 UTC\n");
            assertThat(startup.segment().pmSignals().testAndClear(PmSignal.RECOVERY_STARTED))
                    .isFalse();
            assertThat(startup.segment().recovery().phase()).isEqualTo(RecoveryPhase.FINISHED);
        }
        assertThat(ControlFile.read(layout).state()).isEqualTo(ClusterState.IN_PRODUCTION);
    }

    @ParameterizedTest
    @CsvSource({
        "IN_PRODUCTION, database system was interrupted; last known up at 2026-11-21 10:00:00 UTC",
        "SHUTTING_DOWN, database system shutdown was interrupted; last known up at 2026-11-21 10:00:00 UTC",
        "IN_CRASH_RECOVERY, database system was interrupted while in recovery at 2026-11-21 10:00:00 UTC",
        "SHUT_DOWN_IN_RECOVERY, database system was shut down in recovery at 2026-11-21 10:00:00 UTC",
    })
    void afterAnythingElseItRecoversAndTellsThePostmaster(ClusterState state, String words) throws Exception {
        ClusterLayout layout = cluster(state);
        try (TestChild startup = new TestChild(ChildKind.STARTUP, layout)) {
            assertThat(statusOf(startup)).isZero();
            assertThat(startup.log())
                    .startsWith("LOG:  " + words + "\n")
                    .contains("LOG:  database system was not properly shut down; automatic recovery in progress\n");
            assertThat(startup.segment().pmSignals().testAndClear(PmSignal.RECOVERY_STARTED))
                    .isTrue();
        }
        assertThat(ControlFile.read(layout).state()).isEqualTo(ClusterState.IN_PRODUCTION);
    }

    @Test
    void itRemovesWhatACrashLeftAndNothingElse() throws Exception {
        ClusterLayout layout = cluster(ClusterState.IN_PRODUCTION);
        Files.createFile(layout.base().resolve(".shop.17"));
        Files.createFile(layout.base().resolve("dropped.db-wal"));
        Files.createFile(layout.base().resolve("README"));
        try (TestChild startup = new TestChild(ChildKind.STARTUP, layout)) {
            assertThat(statusOf(startup)).isZero();
        }
        assertThat(layout.base().toFile().list())
                .contains("README", "postgres.db")
                .doesNotContain(".shop.17");
        assertThat(layout.base().resolve("dropped.db-wal")).doesNotExist();
    }

    /** SG-35: the whole server gives up then. */
    @Test
    void aDamagedDatabaseIsFatal() throws Exception {
        ClusterLayout layout = cluster(ClusterState.IN_PRODUCTION);
        Files.writeString(layout.database("broken"), "this is not a database, whatever its name says. ".repeat(100));
        try (TestChild startup = new TestChild(ChildKind.STARTUP, layout)) {
            assertThatThrownBy(() -> statusOf(startup))
                    .cause()
                    .isInstanceOfSatisfying(
                            ReportException.class,
                            e -> assertThat(e.report().sqlState()).isEqualTo(SqlState.DATA_CORRUPTED));
        }
        assertThat(ControlFile.read(layout).state()).isEqualTo(ClusterState.IN_CRASH_RECOVERY);
    }

    /** SG-20, PM-23; the lock that somebody else holds stands for a check that takes long. */
    @Test
    void sigtermInTheMiddleOfADatabaseIsExitStatusOneAtOnce() throws Exception {
        ClusterLayout layout = cluster(ClusterState.IN_PRODUCTION);
        try (TestChild startup = new TestChild(ChildKind.STARTUP, layout);
                Connection holder = DriverManager.getConnection("jdbc:sqlite:" + layout.database("postgres"));
                Statement lock = holder.createStatement()) {
            lock.execute("PRAGMA locking_mode = EXCLUSIVE");
            lock.execute("BEGIN EXCLUSIVE");
            Future<Integer> status = startup.start(new StartupMain(), Map.of());
            while (startup.segment().recovery().phase() != RecoveryPhase.RECOVERING) {
                Thread.onSpinWait();
            }

            startup.signal(Sig.TERM);

            assertThat(status.get(30, TimeUnit.SECONDS)).isOne();
            assertThat(ControlFile.read(layout).state()).isEqualTo(ClusterState.IN_CRASH_RECOVERY);
        }
    }

    private ClusterLayout cluster(ClusterState state) throws Exception {
        ClusterLayout layout = TestCluster.create(directory, state);
        Databases.create(layout.base(), "postgres");
        return layout;
    }

    private static int statusOf(TestChild startup) throws Exception {
        Future<Integer> status = startup.start(new StartupMain(), Map.of());
        return status.get(30, TimeUnit.SECONDS);
    }
}
