package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.child.bgworker.WorkerJar;
import dev.postmaster.cluster.WorkerStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Background workers in Java, from a jar, under a real postmaster (BW-10..BW-26). */
class JavaWorkerIT {
    private static final Path EXAMPLE = Path.of("examples/java-worker");

    private static final String WORKERS = """
            import dev.postmaster.worker.*;
            import java.time.Duration;

            public final class Team {
                public static final class Chief implements WorkerFunction {
                    public void run(WorkerContext context) throws Exception {
                        Worker helper = Worker.of("helper", context.library(), "Team$Helper").withDatabaseAccess();
                        WorkerHandle handle = context.register(helper).orElseThrow();
                        context.log().log("helper: " + handle.awaitStart().getClass().getSimpleName());
                        Database database = context.database("postgres");
                        while (database.query("select 1 from pg_class where relname = 'trace'").isEmpty()) {
                            context.await(Duration.ofMillis(50));
                        }
                        handle.terminate();
                        handle.awaitStop();
                        context.log().log("helper: " + handle.status().getClass().getSimpleName());
                    }
                }

                public static final class Helper implements WorkerFunction {
                    public void run(WorkerContext context) throws Exception {
                        context.database("postgres").execute("create table trace as select 42 as answer");
                        context.await(Duration.ofHours(1));
                    }
                }

                public static final class Weak implements WorkerFunction {
                    public void run(WorkerContext context) {
                        context.log().log("weak worker runs");
                        throw new IllegalStateException("not again");
                    }
                }

                public static final class Waiter implements WorkerFunction {
                    public void run(WorkerContext context) throws Exception {
                        context.log().log("waiter waits");
                        context.await(Duration.ofHours(1));
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    private Path jar;

    @BeforeEach
    void buildJar() throws IOException {
        jar = directory.resolve("team.jar");
        Path source = Files.writeString(directory.resolve("Team.java"), WORKERS);
        Path classes = Files.createDirectory(directory.resolve("classes"));
        WorkerJar.build(jar, System.getProperty("java.class.path"), classes, List.of(source));
    }

    /** BW-10..BW-13, BW-21: what a worker wrote is there for everybody. */
    @Test
    void aWorkerRegistersAnotherWaitsForItsStartAndEndsIt() {
        try (var postmaster = start("chief", "Team$Chief", "database_access=on")) {
            postmaster.awaitLog("helper: Started");
            postmaster.awaitLog("helper: Stopped");
            postmaster.awaitLog("FATAL:  terminating background worker \"helper\" due to administrator command");
            assertThat(postmaster.psql("-Atc", "select answer from trace").out())
                    .isEqualTo("42\n");
            assertThat(postmaster.psql("-Atc", "select 1").status()).isZero();
            Deadline.await(
                    "both are gone", RunningPostmaster.PATIENCE, () -> Proc.childrenOf(postmaster.pid(), "bgworker")
                            .isEmpty());
        }
    }

    /** BW-22. */
    @Test
    void aWorkerThatFailsIsBackAfterItsIntervalAndNothingElseStops() throws Exception {
        try (var postmaster = start("weak", "Team$Weak", "restart_interval=1s");
                var session = postmaster.connect()) {
            postmaster.awaitLog("weak worker runs", 3);
            postmaster.awaitLog("ERROR:  java.lang.IllegalStateException: not again");
            assertThat(RunningPostmaster.backendPid(session)).isPositive();
        }
    }

    /** BW-23, BW-28: it was attached to shared memory. */
    @Test
    void aWorkerThatIsKilledResetsTheSystemAndRunsAgain() {
        try (var postmaster = start("waiter", "Team$Waiter", "restart_interval=1h")) {
            postmaster.awaitLog("waiter waits");
            RunningPostmaster.signal(
                    Proc.childrenOf(postmaster.pid(), "bgworker").getFirst(), "KILL");
            postmaster.awaitLog("all server processes terminated; reinitializing");
            postmaster.awaitLog("waiter waits", 2);
            assertThat(postmaster.psql("-Atc", "select 1").out()).isEqualTo("1\n");
        }
    }

    /** 4.5, BW-21: that nothing was handed back is a crash, and that it was exit status 0 is the end of the worker. */
    @Test
    void aWorkerThatVanishesWithExitZeroResetsTheSystemAndDoesNotRunAgain() throws Exception {
        String[] settings = {"worker.waiter.library=" + jar, "worker.waiter.function=Team$Waiter", ForcedExit.SETTING};
        try (var postmaster = RunningPostmaster.start(settings)) {
            postmaster.awaitLog("waiter waits");
            int waiter = Proc.childrenOf(postmaster.pid(), "bgworker").getFirst();
            ForcedExit.end(waiter, "exit 0");
            postmaster.awaitLog("LOG:  background worker \"waiter\" (PID " + waiter + ") exited with exit code 0");
            postmaster.awaitLog("database system is ready to accept connections", 2);
            new WorkerNews(postmaster).await("waiter", WorkerStatus.State.DONE);
            assertThat(postmaster.psql("-Atc", "select 1").out()).isEqualTo("1\n");
            assertThat(Proc.childrenOf(postmaster.pid(), "bgworker")).isEmpty();
        }
        ForcedExit.sweep();
    }

    /** What the README of the example says, with a jar built as it says. */
    @Test
    void theExampleWorks() throws Exception {
        Path heartbeat = directory.resolve("heartbeat.jar");
        Outcome built = Outcome.of(new ProcessBuilder(EXAMPLE.resolve("build").toString(), heartbeat.toString()));
        assertThat(built.status()).as(built.err()).isZero();
        List<String> settings = settingsOf(EXAMPLE.resolve("postmaster.conf"));
        settings.add("worker.heartbeat.library=" + heartbeat);
        try (var postmaster = RunningPostmaster.start(settings.toArray(String[]::new))) {
            postmaster.awaitLog("heartbeat beats every 1 s");
            Deadline.await(
                    "two beats",
                    RunningPostmaster.PATIENCE,
                    () -> Integer.parseInt(postmaster
                                    .psql("-Atc", "select count(*) from heartbeat")
                                    .out()
                                    .strip())
                            > 1);
            postmaster.awaitLog("backed up database \"postgres\" to ");
            try (Stream<Path> copies = Files.list(postmaster.dataDirectory().resolve("backups"))) {
                assertThat(copies)
                        .anyMatch(copy -> copy.getFileName().toString().matches("postgres-\\d{8}T\\d{6}Z\\.db"));
            }
            postmaster.signal("TERM");
            assertThat(postmaster.awaitExit())
                    .as("workers do not hold up a shutdown")
                    .isZero();
        }
    }

    private RunningPostmaster start(String name, String function, String setting) {
        String worker = "worker." + name + ".";
        return RunningPostmaster.start(worker + "library=" + jar, worker + "function=" + function, worker + setting);
    }

    /** The lines {@code name = value}, as {@code -c} takes them. */
    private static List<String> settingsOf(Path file) throws IOException {
        List<String> settings = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf(" = ");
            if (!line.startsWith("#") && equals > 0) {
                settings.add(line.substring(0, equals) + "="
                        + line.substring(equals + 3).replace("'", ""));
            }
        }
        return settings;
    }
}
