package dev.postmaster.child.bgworker.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.FileModes;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.store.Databases;
import dev.postmaster.store.NoFacts;
import dev.postmaster.store.Rows;
import dev.postmaster.store.Statement;
import dev.postmaster.store.Store;
import dev.postmaster.store.StoreOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Copies of databases in use, judged by SQLite's own program. */
@Timeout(120)
class BackupFunctionTest {
    private static final String NOTE = "insert into move (note) values (hex(randomblob(200)))";
    private static final String MOVE = "update account set sum = sum + case id when 1 then -1 else 1 end; " + NOTE;

    @TempDir
    Path directory;

    private ClusterLayout layout;
    private Path copies;

    @BeforeEach
    void createDatabase() throws IOException {
        layout = new ClusterLayout(directory.resolve("data"));
        copies = directory.resolve("copies");
        Files.createDirectories(layout.base());
        Databases.create(layout.base(), "shop");
        try (Store store = open("shop")) {
            run(store, "create table account (id int primary key, sum int)");
            run(store, "insert into account values (1, 0), (2, 0)");
            run(store, "create table move (id serial primary key, note text)");
            // So that a copy takes several steps.
            run(store, "create table filler as select hex(randomblob(1000)) as x from generate_series(1, 2000)");
        }
    }

    @Test
    void copiesMadeWhileOthersWriteAreWholeAndOfOneMoment() throws Exception {
        var writing = new CountDownLatch(1);
        var moves = new AtomicLong();
        List<Thread> writers = List.of(writer(writing, moves), writer(writing, moves));
        long before = awaitMoves(moves, 50);
        var context = new ScriptedContext("directory=" + copies + " every=1s keep=3", 5);
        runUntilStopped(context);
        assertThat(moves.get()).as("writers went on").isGreaterThan(before + 20);
        writing.countDown();
        for (Thread writer : writers) {
            writer.join();
        }
        List<Path> kept = copies();
        assertThat(context.logged("backed up database \"shop\" to ")).hasSize(5);
        assertThat(kept).as("keep=3").hasSize(3);
        List<Long> rows = new ArrayList<>();
        for (Path copy : kept) {
            assertThat(sqlite(copy, "pragma integrity_check")).isEqualTo("ok");
            assertThat(sqlite(copy, "select sum(sum), -min(sum) = (select count(*) from move) from account"))
                    .as("each transaction is there as a whole")
                    .isEqualTo("0|1");
            rows.add(Long.parseLong(sqlite(copy, "select count(*) from move")));
        }
        assertThat(rows).isSorted().doesNotHaveDuplicates();
        assertThat(rows.getFirst()).isGreaterThan(before);
    }

    @Test
    void aCopyTakesThePlaceOfTheDatabase() throws Exception {
        try (Store store = open("shop")) {
            run(store, NOTE);
        }
        runUntilStopped(new ScriptedContext("database=shop directory=copies", 1));
        Path copy = list(layout.dataDirectory().resolve("copies")).getFirst();
        Databases.create(layout.base(), "restored");
        Files.delete(layout.database("restored"));
        Files.copy(copy, layout.database("restored"));
        try (Store store = open("restored")) {
            assertThat(number(store, "select count(*) from move")).isEqualTo(1);
            run(store, NOTE);
            assertThat(number(store, "select max(id) from move")).isEqualTo(2);
        }
    }

    @Test
    void whatIsNoCopyOfThisDatabaseIsLeftAlone() throws Exception {
        Files.createDirectories(copies);
        List<String> others = List.of(
                "shop-notes.db",
                "shop-2-20200101T000000Z.db",
                "shop-20200101T000000Z.db.gz",
                "bakery-20200101T000000Z.db");
        for (String other : others) {
            Files.createFile(copies.resolve(other));
        }
        Files.createFile(copies.resolve("shop-20200101T000000Z.db"));
        Files.writeString(copies.resolve(".shop.draft"), "left over by a worker that was killed");
        runUntilStopped(new ScriptedContext("database=shop directory=" + copies + " keep=1", 1));
        assertThat(copies().stream().map(Path::getFileName).map(Path::toString))
                .containsAll(others)
                .hasSize(others.size() + 1)
                .doesNotContain("shop-20200101T000000Z.db");
        assertThat(copies.resolve(".shop.draft")).doesNotExist();
    }

    /** A server that is restarted often makes no more copies than one that is not. */
    @Test
    void aYoungCopyIsWaitedFor() throws Exception {
        runUntilStopped(new ScriptedContext("directory=" + copies + " every=1h", 1));
        var again = new ScriptedContext("directory=" + copies + " every=1h", 1);
        again.stopAtWaitLongerThan(Duration.ofMinutes(59));
        runUntilStopped(again);
        assertThat(copies()).hasSize(1);
    }

    @Test
    void aFailureIsToldWithTheRemedyAndOldCopiesStay() throws Exception {
        runUntilStopped(new ScriptedContext("directory=" + copies, 1));
        Path good = copies().getFirst();
        Path old = copies.resolve("shop-20200101T000000Z.db");
        Files.move(good, old);
        damage(layout.database("shop"));
        Databases.create(layout.base(), "other");
        var context = new ScriptedContext("directory=" + copies + " keep=1 every=1s", 2);
        runUntilStopped(context);
        Report failure = context.logged("could not back up database \"shop\": ").getFirst();
        assertThat(failure.detail()).isEqualTo("All earlier copies were kept. The next try is in 1 s.");
        assertThat(failure.hint()).contains("The database is damaged.");
        assertThat(old).exists();
        assertThat(context.logged("backed up database \"other\""))
                .as("nothing else stops")
                .hasSize(2);
    }

    @Test
    void aDatabaseThatIsNotThereIsTriedAgain() throws Exception {
        var context = new ScriptedContext("database=nowhere directory=" + copies + " every=1s", 2);
        runUntilStopped(context);
        assertThat(context.logged("could not back up database \"nowhere\": ")).hasSize(2);
        assertThat(context.logged("could not back up").getFirst().hint()).startsWith("Create the database, or");
    }

    /** There every file would be taken for a database. */
    @Test
    void theDirectoryOfTheDatabasesIsRefused() {
        var context = new ScriptedContext("directory=base/copies", 1);
        assertThatExceptionOfType(ReportException.class)
                .isThrownBy(() -> runUntilStopped(context))
                .withMessage("argument of worker function \"backup\": \"directory\" is among the databases");
    }

    private void runUntilStopped(ScriptedContext context) throws IOException {
        try {
            new BackupFunction(layout, FileModes.OWNER_ONLY).run(context.at(layout.dataDirectory()));
        } catch (InterruptedException stopped) {
            return;
        }
    }

    private Thread writer(CountDownLatch end, AtomicLong moves) {
        return Thread.ofPlatform().start(() -> {
            try (Store store = open("shop")) {
                while (end.getCount() > 0) {
                    store.begin(false);
                    for (String statement : store.split(MOVE)) {
                        run(store, statement);
                    }
                    store.commit();
                    moves.incrementAndGet();
                }
            }
        });
    }

    private static long awaitMoves(AtomicLong moves, long count) {
        while (moves.get() < count) {
            Thread.onSpinWait();
        }
        return count;
    }

    private static void damage(Path database) throws IOException {
        Files.deleteIfExists(Path.of(database + "-wal"));
        Files.writeString(database, "no database at all ".repeat(500));
    }

    private List<Path> copies() throws IOException {
        return list(copies);
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private Store open(String database) {
        return Store.open(new StoreOptions(layout.base(), database, 60_000, false, new NoFacts()));
    }

    private static void run(Store store, String sql) {
        try (Statement statement = store.prepare(sql)) {
            statement.execute(List.of()).close();
        }
    }

    private static int number(Store store, String sql) {
        try (Statement statement = store.prepare(sql);
                Rows rows = statement.execute(List.of())) {
            assertThat(rows.next()).isTrue();
            return Integer.parseInt(String.valueOf(rows.value(0)));
        }
    }

    private static String sqlite(Path file, String sql) throws Exception {
        Process process = new ProcessBuilder("sqlite3", "-batch", "-init", "/dev/null", file.toString(), sql)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }
}
