package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.cluster.WorkerStatus;
import dev.postmaster.cluster.WorkerStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real programs as background workers: the rows of BW-14 and BW-19 to BW-28 that do not need shared memory. */
class CommandWorkerIT {
    @TempDir
    Path scratch;

    /** The settings of a worker that says once a start that it runs, and then does this. */
    private static List<String> worker(String name, String script, String... more) {
        List<String> settings = new ArrayList<>();
        settings.add("worker." + name + ".command=sh -c \"echo " + name + " runs; " + script + "\"");
        for (String each : more) {
            settings.add("worker." + name + "." + each);
        }
        return settings;
    }

    private static RunningPostmaster start(List<String> settings, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(settings);
        return RunningPostmaster.startWithoutCluster(all.toArray(String[]::new));
    }

    static Stream<Arguments> ends() {
        String soon = "restart_interval=1s";
        return Stream.of(
                Arguments.of("BW-21: exit 0 is the end", worker("w", "exit 0", "restart_interval=0"), State.DONE, 1),
                Arguments.of("BW-22: exit 1 comes back", worker("w", "exit 1", soon), State.RESTING, 2),
                Arguments.of("a program may exit as it likes", worker("w", "exit 77", soon), State.RESTING, 2),
                Arguments.of("BW-23: a kill is a failure", worker("w", "kill -9 $$", soon), State.RESTING, 2),
                Arguments.of("BW-14: once is once", worker("w", "exit 1", "restart_interval=never"), State.FAILED, 1),
                Arguments.of("for ever", worker("w", "exit 0", soon, "restart=always"), State.RESTING, 2),
                Arguments.of(
                        "failing too often",
                        worker("w", "exit 1", "restart_interval=0", "restart_limit=2"),
                        State.GIVEN_UP,
                        3));
    }

    /** What becomes of a worker by how it ends, and that another one does not notice. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void anEndMeans(String rule, List<String> settings, State state, int starts) {
        List<String> all = new ArrayList<>(settings);
        all.addAll(worker("steady", "exec sleep 1000"));
        all.addAll(worker("marker", "exec sleep 1000", "autostart=off"));
        try (var postmaster = start(all)) {
            var news = new WorkerNews(postmaster);
            int steady = news.await("steady", State.RUNNING).pid();
            postmaster.awaitLog("w runs", starts);
            WorkerStatus end = news.await("w", state);
            assertThat(end.note()).matches("exited with exit code \\d+|was terminated by signal 9: Killed");
            assertThat(news.of("steady").pid()).isEqualTo(steady);
            if (state != State.RESTING) {
                news.start("marker"); // the list is walked again
                postmaster.awaitLog("marker runs");
                assertThat(postmaster.log().stream().filter(line -> line.endsWith("w runs")))
                        .hasSize(starts);
            }
        }
    }

    /** 4.5, SG-37, SG-38: it had nothing of ours in its hands, so no end is a crash. */
    @Test
    void everyEndOfAProgramIsToldAndNobodyElseNotices() {
        List<String> settings = worker("steady", "exec sleep 1000");
        for (int status : List.of(0, 1, 2, 3, 77)) {
            settings.addAll(worker("exit" + status, "exit " + status, "restart_interval=1h"));
        }
        for (int signal : List.of(9, 11, 15)) {
            settings.addAll(worker("signal" + signal, "kill -" + signal + " $$", "restart_interval=1h"));
        }
        try (var postmaster =
                start(settings, "max_worker_processes=16", "log_min_messages=debug1", "crash_scope=reset")) {
            var news = new WorkerNews(postmaster);
            int steady = news.await("steady", State.RUNNING).pid();
            for (String obituary : List.of(
                    "DEBUG:  background worker \"exit0\" \\(PID \\d+\\) exited with exit code 0",
                    "LOG:  background worker \"exit1\" \\(PID \\d+\\) exited with exit code 1",
                    "LOG:  background worker \"exit2\" \\(PID \\d+\\) exited with exit code 2",
                    "LOG:  background worker \"exit3\" \\(PID \\d+\\) exited with exit code 3",
                    "LOG:  background worker \"exit77\" \\(PID \\d+\\) exited with exit code 77",
                    "LOG:  background worker \"signal9\" \\(PID \\d+\\) was terminated by signal 9: Killed",
                    "LOG:  background worker \"signal11\" \\(PID \\d+\\) was terminated by signal 11: Segmentation fault",
                    "LOG:  background worker \"signal15\" \\(PID \\d+\\) was terminated by signal 15: Terminated")) {
                Deadline.await(obituary, RunningPostmaster.PATIENCE, () -> postmaster.log().stream()
                        .anyMatch(line -> line.matches(".*" + obituary)));
            }
            assertThat(news.of("steady").pid()).isEqualTo(steady);
            assertThat(postmaster.log()).noneMatch(line -> line.contains("terminating any other"));
        }
    }

    @Test
    void bw15AProgramThatIsNotThereRestsAndKeepsNobodyFromWork() {
        List<String> settings = new ArrayList<>(List.of("worker.missing.command=no_such_program"));
        settings.addAll(worker("steady", "exec sleep 1000"));
        try (var postmaster = start(settings)) {
            var news = new WorkerNews(postmaster);
            news.await("steady", State.RUNNING);
            postmaster.awaitLog("LOG:  could not start program \"no_such_program\" of background worker \"missing\": "
                    + "No such file or directory");
            assertThat(news.await("missing", State.RESTING).note())
                    .isEqualTo("could not be launched: No such file or directory");
        }
    }

    @Test
    void bw15AProgramOfAUserThatDoesNotExistSaysSoByTheNameOfTheWorker() {
        List<String> settings = new ArrayList<>(worker("lost", "exec sleep 1000"));
        settings.add("worker.lost.user=no_such_user");
        settings.add("worker.lost.type=etl");
        try (var postmaster = start(settings)) {
            assertThat(new WorkerNews(postmaster).await("lost", State.RESTING).note())
                    .isEqualTo("could not be launched: user \"no_such_user\" does not exist");
            postmaster.awaitLog("LOG:  user \"no_such_user\" does not exist");
            postmaster.awaitLog("CONTEXT:  background worker \"lost\"");
        }
    }

    @Test
    void bw5AWrongRegistrationIsToldAndNothingElseStops() {
        List<String> settings =
                new ArrayList<>(List.of("worker.wrong.function=backup", "worker.wrong.database_access=on"));
        settings.add("worker.wrong.start=postmaster_start");
        settings.addAll(worker("steady", "exec sleep 1000"));
        try (var postmaster = start(settings)) {
            var news = new WorkerNews(postmaster);
            news.await("steady", State.RUNNING);
            String complaint =
                    "background worker \"wrong\": cannot request database access if starting at postmaster start";
            postmaster.awaitLog("LOG:  " + complaint);
            assertThat(news.of("wrong").state()).isEqualTo(State.REJECTED);
            assertThat(news.of("wrong").note()).isEqualTo(complaint);
        }
    }

    /** BW-6, and BW-24 and BW-25: what is forgotten leaves its slot to others. */
    @Test
    void thereAreOnlySoManySlotsAndAForgottenWorkerLeavesItsOwn() {
        List<String> settings = worker("first", "exec sleep 1000");
        settings.addAll(worker("second", "exec sleep 1000"));
        try (var postmaster = start(settings, "max_worker_processes=1")) {
            var news = new WorkerNews(postmaster);
            postmaster.awaitLog("LOG:  too many background workers");
            postmaster.awaitLog("CONTEXT:  background worker \"second\"");
            postmaster.awaitLog("DETAIL:  Up to 1 background worker can be registered with the current settings.");
            postmaster.awaitLog("HINT:  Consider increasing the configuration parameter \"max_worker_processes\".");
            news.await("second", State.REJECTED);

            news.stop("first");
            news.await("first", State.STOPPED);
            news.start("second");

            news.await("second", State.RUNNING);
        }
    }

    @Test
    void bw14AHundredAndFiftyAreStartedAndEndedTogether() {
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            settings.add("worker.w" + i + ".command=sleep 1000");
        }
        try (var postmaster = start(settings, "max_worker_processes=150")) {
            Deadline.await(
                    "all run",
                    RunningPostmaster.PATIENCE,
                    () -> Proc.childrenOf(postmaster.pid()).size() == 150);
            List<Integer> programs = Proc.childrenOf(postmaster.pid());
            postmaster.signal("INT");
            assertThat(postmaster.awaitExit()).isZero();
            assertThat(programs).noneMatch(Proc::exists);
        }
    }

    @Test
    void aProgramIsToldToEndInItsOwnWayAndKilledWhenItDoesNot() {
        List<String> settings = worker(
                "polite",
                "trap 'echo polite leaves; exit 0' INT; echo polite is prepared; while :; do sleep 0.1; done");
        settings.add("worker.polite.stop_signal=int");
        settings.addAll(worker(
                "stubborn", "trap '' TERM; echo stubborn is prepared; while :; do sleep 0.1; done", "stop_timeout=1s"));
        try (var postmaster = start(settings)) {
            var news = new WorkerNews(postmaster);
            postmaster.awaitLog("polite is prepared");
            postmaster.awaitLog("stubborn is prepared");

            news.stop("polite");
            news.stop("stubborn");

            postmaster.awaitLog("polite leaves");
            assertThat(news.await("polite", State.STOPPED).note()).isEqualTo("exited with exit code 0");
            assertThat(news.await("stubborn", State.STOPPED).note()).isEqualTo("was terminated by signal 9: Killed");
        }
    }

    @Test
    void aReloadReachesThoseWhoAskedForItAndFollowsTheSettings() throws IOException {
        Path listener = scratch.resolve("listener");
        Files.writeString(listener, "trap 'echo reloads' USR1; echo listens; while :; do sleep 0.1; done");
        Path configuration = scratch.resolve("postmaster.conf");
        Files.writeString(configuration, """
                cluster = none
                worker.listener.command = 'sh LISTENER'
                worker.listener.reload_signal = usr1
                worker.deaf.command = 'sleep 1000'
                worker.old.command = 'sleep 1000'
                """.replace("LISTENER", listener.toString()));
        try (var postmaster = RunningPostmaster.startWithConfiguration(configuration)) {
            var news = new WorkerNews(postmaster);
            postmaster.awaitLog("listens");
            int deaf = news.await("deaf", State.RUNNING).pid();
            int old = news.await("old", State.RUNNING).pid();
            Path live = postmaster.dataDirectory().resolve("postmaster.conf");
            Files.writeString(live, Files.readString(live).replace("worker.old.command", "worker.fresh.command"));

            postmaster.signal("HUP");

            postmaster.awaitLog("reloads");
            news.await("fresh", State.RUNNING);
            Proc.awaitGone(old);
            assertThat(news.of("deaf").pid()).isEqualTo(deaf);
        }
    }

    @Test
    void aWorkerThatIsNotWellIsEndedAndStartedAgain() throws IOException {
        Path well = Files.createFile(scratch.resolve("well"));
        List<String> settings = worker("patient", "exec sleep 1000", "restart_interval=1s", "health_interval=1s");
        settings.add("worker.patient.health_command=test -e " + well);
        settings.add("worker.patient.health_retries=2");
        try (var postmaster = start(settings)) {
            var news = new WorkerNews(postmaster);
            int patient = news.await("patient", State.RUNNING).pid();
            Files.delete(well);

            postmaster.awaitLog(
                    "health check of background worker \"patient\" failed (1 of 2): exited with exit code 1");
            postmaster.awaitLog("ending background worker \"patient\" because it is not well");
            Proc.awaitGone(patient);
            Files.createFile(well);

            postmaster.awaitLog("patient runs", 2);
        }
    }

    @Test
    void whatAWorkerHasStartedDoesNotGoOnWithoutIt() throws IOException {
        Path left = scratch.resolve("left");
        Path pair =
                Files.writeString(scratch.resolve("pair"), "sleep 1000 & echo $! >" + left + "; echo both run; wait");
        try (var postmaster = start(List.of("worker.pair.command=sh " + pair))) {
            var news = new WorkerNews(postmaster);
            postmaster.awaitLog("both run");
            int helper = Integer.parseInt(Files.readString(left).strip());
            assertThat(Proc.exists(helper)).isTrue();

            RunningPostmaster.signal(news.await("pair", State.RUNNING).pid(), "KILL");

            Proc.awaitGone(helper);
            news.await("pair", State.RESTING);
        }
    }

    /** BW-28, with a database that crashes. */
    @Test
    void aCrashOfTheSystemEndsWorkersAndBringsThemBackAtOnce() {
        List<String> settings = worker("pump", "exec sleep 1000", "restart_interval=1h");
        settings.addAll(worker("once", "exec sleep 1000", "restart_interval=never"));
        try (var postmaster = RunningPostmaster.start(settings.toArray(String[]::new))) {
            var news = new WorkerNews(postmaster);
            int pump = news.await("pump", State.RUNNING).pid();
            news.await("once", State.RUNNING);

            RunningPostmaster.signal(
                    Proc.childrenOf(postmaster.pid(), "checkpointer").getFirst(), "KILL");

            postmaster.awaitLog("database system is ready to accept connections", 2);
            postmaster.awaitLog("pump runs", 2);
            news.awaitSuccessor("pump", pump);
            news.await("once", State.FAILED);
        }
    }

    @Test
    void startAfterStartLeavesNothingBehind() {
        List<String> settings = worker("restless", "exit 1", "restart_interval=0", "restart_limit=50", "autostart=off");
        settings.addAll(worker("steady", "exec sleep 1000"));
        try (var postmaster = start(settings)) {
            var news = new WorkerNews(postmaster);
            news.await("steady", State.RUNNING);
            assertThat(news.of("restless").state()).isEqualTo(State.OFF);
            long before = Proc.channelsOf(postmaster.pid());

            news.start("restless");

            news.await("restless", State.GIVEN_UP);
            postmaster.awaitLog("restless runs", 51);
            assertThat(postmaster.log().stream().filter(line -> line.endsWith("restless runs")))
                    .hasSize(51);
            Deadline.await(
                    "its pipes are closed",
                    RunningPostmaster.PATIENCE,
                    () -> Proc.channelsOf(postmaster.pid()) == before);
        }
    }
}
