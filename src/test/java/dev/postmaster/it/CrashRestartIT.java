package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A child killed with SIGKILL in the middle of work: who notices, and what is left (PM-43..PM-52, crash scope). */
class CrashRestartIT {
    private static final int OTHERS = 20;

    @Test
    void killedBackendCostsItsOwnSessionOnly() throws Exception {
        try (var postmaster = RunningPostmaster.start(
                        "log_line_prefix=%q%u@%h ", "max_connections=" + (OTHERS + 1), "spares_max=0");
                var writers = Writers.start(postmaster, OTHERS)) {
            try (Connection victim = postmaster.connect()) {
                assertThatThrownBy(postmaster::connect).hasMessageContaining("sorry, too many clients already");
                postmaster.awaitLog("postgres@127.0.0.1 FATAL:  sorry, too many clients already");
                int before = Proc.childrenOf(postmaster.pid(), "backend").size();
                RunningPostmaster.signal(RunningPostmaster.backendPid(victim), "KILL");
                postmaster.awaitLog("was terminated by signal 9: Killed");
                assertThatThrownBy(() -> victim.createStatement().execute("select 1"))
                        .isInstanceOf(SQLException.class);
                assertThat(Proc.childrenOf(postmaster.pid(), "backend")).hasSize(before - 1);
            }
            writers.eachCommitsOnceMore();
            try (Connection inTheFreeSlot = postmaster.connect()) {
                assertThat(inTheFreeSlot.isValid(30)).isTrue();
            }
            writers.stop();

            assertThat(writers.failures()).isEmpty();
            assertThat(postmaster.log())
                    .noneMatch(line -> line.contains("terminating any other active server processes"));
            writers.verify(postmaster);
        }
    }

    @Test
    void withCrashScopeResetEverybodyGoesAndTheSystemComesBack() throws Exception {
        try (var postmaster = RunningPostmaster.start("crash_scope=reset");
                var writers = Writers.start(postmaster, OTHERS);
                Connection victim = postmaster.connect()) {
            RunningPostmaster.signal(RunningPostmaster.backendPid(victim), "KILL");

            postmaster.awaitLog("terminating any other active server processes");
            postmaster.awaitLog("all server processes terminated; reinitializing");
            postmaster.awaitLog("database system is ready to accept connections", 2);
            writers.awaitAllFailed();

            assertThat(writers.failures()).hasSize(OTHERS);
            writers.verify(postmaster);
        }
    }

    @Test
    void aBystanderIsToldWhyItsSessionEnds() throws Exception {
        try (var postmaster = RunningPostmaster.start("crash_scope=reset", "log_statement=all");
                Connection victim = postmaster.connect()) {
            int killed = RunningPostmaster.backendPid(victim);
            var bystander = CompletableFuture.supplyAsync(
                    () -> postmaster.psql("-v", "VERBOSITY=verbose", "-c", "select pg_sleep(60)"));
            postmaster.awaitLog("statement: select pg_sleep(60)");

            RunningPostmaster.signal(killed, "KILL");

            assertThat(bystander.get().err())
                    .contains("WARNING:  57P02: terminating connection because of crash of another server process")
                    .contains("DETAIL:  The postmaster has commanded this server process to roll back")
                    .contains("HINT:  In a moment you should be able to reconnect to the database");
        }
    }

    @Test
    void killedCheckpointerAlwaysTakesTheResetRoad() throws Exception {
        try (var postmaster = RunningPostmaster.start();
                Connection bystander = postmaster.connect()) {
            bystander.createStatement().execute("create table kept (v int)");
            bystander.createStatement().execute("insert into kept values (7)");
            int checkpointer = Proc.childrenOf(postmaster.pid(), "checkpointer").getFirst();

            RunningPostmaster.signal(checkpointer, "KILL");

            postmaster.awaitLog("checkpointer process (PID " + checkpointer + ") was terminated by signal 9: Killed");
            postmaster.awaitLog("database system is ready to accept connections", 2);
            assertThatThrownBy(() -> bystander.createStatement().execute("select 1"))
                    .isInstanceOf(SQLException.class);
            assertThat(postmaster
                            .psql("-A", "-t", "-c", "select v from kept")
                            .out()
                            .strip())
                    .isEqualTo("7");
        }
    }

    @Test
    void killedPostmasterTakesItsChildrenAlongAndTheNextStartRecovers() throws Exception {
        try (var postmaster = RunningPostmaster.start();
                var writers = Writers.start(postmaster, 5)) {
            writers.eachCommitsOnceMore();
            List<Integer> children = Proc.childrenOf(postmaster.pid());
            assertThat(children).hasSizeGreaterThanOrEqualTo(6);

            postmaster.signal("KILL");
            postmaster.awaitExit();

            Deadline.await("every child is gone", RunningPostmaster.PATIENCE, () -> children.stream()
                    .noneMatch(pid -> Proc.exists(pid) && !Proc.isZombie(pid)));
            writers.awaitAllFailed();
            postmaster.startAgain();
            postmaster.awaitLog("database system was not properly shut down; automatic recovery in progress");
            postmaster.awaitLog("database system is ready to accept connections");
            writers.verify(postmaster);
        }
    }
}
