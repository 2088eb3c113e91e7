package dev.postmaster.child.checkpointer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.child.TestChild;
import dev.postmaster.child.TestCluster;
import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.ClusterState;
import dev.postmaster.cluster.ControlData;
import dev.postmaster.cluster.ControlFile;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.Sig;
import dev.postmaster.shmem.CheckpointFlag;
import dev.postmaster.shmem.CheckpointRequests;
import dev.postmaster.shmem.RecoveryPhase;
import dev.postmaster.store.Databases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checkpointer over real SQLite files, next to sessions that write and read. */
class CheckpointerMainTest {
    private static final EnumSet<CheckpointFlag> COMMAND =
            EnumSet.of(CheckpointFlag.IMMEDIATE, CheckpointFlag.FORCE, CheckpointFlag.WAIT);

    @TempDir
    Path directory;

    private ClusterLayout layout;
    private TestChild checkpointer;
    private Future<Integer> status = new CompletableFuture<>();

    @BeforeEach
    void open() throws Exception {
        layout = TestCluster.create(directory, ClusterState.IN_PRODUCTION);
        Databases.create(layout.base(), "postgres");
        checkpointer = new TestChild(ChildKind.CHECKPOINTER, layout);
        checkpointer.segment().recovery().enter(RecoveryPhase.FINISHED, 0);
    }

    @AfterEach
    void close() {
        checkpointer.close();
    }

    @Test
    void aRequestedCheckpointEmptiesTheLogAndIsReported() throws Exception {
        start(Map.of());
        try (Connection session = session("postgres")) {
            write(session);
            assertThat(wal("postgres")).isPositive();
            Instant before = ControlFile.read(layout).checkpoint();
            request(COMMAND);
            assertThat(wal("postgres")).isZero();
            assertThat(ControlFile.read(layout).checkpoint()).isAfter(before);
        }
        assertThat(checkpointer.log())
                .contains("LOG:  checkpoint starting: immediate force wait\n")
                .containsPattern("LOG:  checkpoint complete: (\\d+) of \\1 log pages are in 1 databases; "
                        + "log \\d+ kB before, 0 kB after; total=\\d+\\.\\d{3} s\n");
    }

    @Test
    void aLogThatGrewTooLongIsMovedUnasked() throws Exception {
        start(Map.of("max_wal_size", "2MB", "log_checkpoints", "off"));
        try (Connection session = session("postgres")) {
            for (int i = 0; i < 3; i++) {
                write(session);
            }
            await(() -> wal("postgres") == 0);
        }
        assertThat(checkpointer.log()).isEmpty();
    }

    @Test
    void aReaderKeepsTheLogButNeitherTheCheckpointNorAWriter() throws Exception {
        start(Map.of());
        try (Connection reader = session("postgres");
                Connection writer = session("postgres")) {
            write(writer);
            ResultSet rows = reader.createStatement().executeQuery("select x from t");
            rows.next();
            write(writer);
            request(COMMAND);
            write(writer);
            assertThat(wal("postgres")).isPositive();
            rows.close();
            request(COMMAND);
            assertThat(wal("postgres")).isZero();
        }
    }

    @Test
    void aNewDatabaseIsFoundAndADroppedOneIsLetGo() throws Exception {
        start(Map.of());
        Databases.create(layout.base(), "shop");
        try (Connection session = session("shop")) {
            write(session);
            request(COMMAND);
            assertThat(wal("shop")).isZero();
        }
        request(EnumSet.of(CheckpointFlag.FORCE, CheckpointFlag.WAIT, CheckpointFlag.LET_GO));
        Databases.drop(layout.base(), "shop");
        request(COMMAND);
        assertThat(layout.database("shop")).doesNotExist();
    }

    /** SG-22, PM-26. */
    @Test
    void sigusr2IsTheLastCheckpointAndACleanControlFile() throws Exception {
        start(Map.of());
        try (Connection session = session("postgres")) {
            write(session);
        }
        checkpointer.signal(Sig.TERM);
        checkpointer.signal(Sig.INT);
        checkpointer.signal(Sig.USR2);
        assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
        ControlData control = ControlFile.read(layout);
        assertThat(control.state()).isEqualTo(ClusterState.SHUT_DOWN);
        assertThat(wal("postgres")).isZero();
        assertThat(checkpointer.log())
                .contains(
                        "LOG:  shutting down\nLOG:  checkpoint starting: shutdown immediate\nLOG:  checkpoint complete: ");
    }

    @Test
    void aShutdownDuringRecoveryLeavesTheControlFileAsItIs() throws Exception {
        checkpointer.segment().recovery().enter(RecoveryPhase.RECOVERING, 1);
        start(Map.of());
        checkpointer.signal(Sig.USR2);
        assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(ControlFile.read(layout).state()).isEqualTo(ClusterState.IN_PRODUCTION);
    }

    @Test
    void aFileThatIsNoDatabaseDoesNotKeepTheOthersFromTheirCheckpoint() throws Exception {
        Files.writeString(layout.database("broken"), "this is not a database, whatever its name says. ".repeat(100));
        start(Map.of());
        try (Connection session = session("postgres")) {
            write(session);
            request(COMMAND);
            request(COMMAND);
            assertThat(wal("postgres")).isZero();
        }
        assertThat(checkpointer.log()).containsOnlyOnce("ERROR:  ");
    }

    private void start(Map<String, String> settings) {
        status = checkpointer.start(new CheckpointerMain(), settings);
    }

    private void request(EnumSet<CheckpointFlag> flags) {
        CheckpointRequests requests = checkpointer.segment().checkpoints();
        long number = requests.request(flags);
        checkpointer.signal(Sig.INT);
        await(() -> requests.isDone(number));
        assertThat(requests.failures()).isZero();
    }

    private Connection session(String database) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + layout.database(database));
        connection.createStatement().execute("pragma wal_autocheckpoint=0");
        connection.createStatement().execute("create table if not exists t (x blob)");
        return connection;
    }

    /** About one megabyte of log. */
    private static void write(Connection session) throws SQLException {
        session.createStatement().execute("insert into t values (zeroblob(1000000))");
    }

    private long wal(String database) {
        return Path.of(layout.database(database) + "-wal").toFile().length();
    }

    private static void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.onSpinWait();
        }
    }
}
