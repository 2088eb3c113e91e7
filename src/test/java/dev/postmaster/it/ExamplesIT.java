package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples do what their README says. */
class ExamplesIT {
    @TempDir
    Path scratch;

    @Test
    void inetdBackend() throws IOException {
        try (var postmaster = RunningPostmaster.startWithConfiguration(example("inetd-backend"))) {
            run(
                    "git",
                    "init",
                    "-q",
                    "--bare",
                    postmaster.dataDirectory().resolve("hello.git").toString());
            run("git", "clone", "-q", "git://127.0.0.1:" + postmaster.port() + "/hello.git", scratch + "/hello");
            assertThat(scratch.resolve("hello/.git")).isDirectory();
            postmaster.awaitLog("Request upload-pack for '/hello.git'");
            postmaster.awaitLog("LOG:  [");
        }
    }

    @Test
    void commandWorker() throws IOException {
        try (var postmaster = RunningPostmaster.startWithConfiguration(example("command-worker"))) {
            postmaster.awaitLog("LOG:  prepared in state");
            int clock = Proc.childrenOf(postmaster.pid()).getFirst();
            postmaster.awaitLog("[" + clock + "] LOG:  ", 2);
            assertThat(Proc.commandLine(clock)).startsWith("sh -c while");
            assertThat(Proc.read(Path.of("/proc/" + clock + "/limits"))).containsPattern("Max open files +64 +64 ");

            RunningPostmaster.signal(clock, "KILL");
            Deadline.await(
                    "the clock is started again",
                    RunningPostmaster.PATIENCE,
                    () -> Proc.childrenOf(postmaster.pid()).stream()
                            .anyMatch(
                                    pid -> pid != clock && Proc.commandLine(pid).startsWith("sh -c while")));
            postmaster.signal("INT");
            assertThat(postmaster.awaitExit()).isZero();
        }
    }

    private static Path example(String name) {
        return Path.of("examples", name, "postmaster.conf");
    }

    private static void run(String... command) {
        Outcome outcome = Outcome.of(new ProcessBuilder(command));
        assertThat(outcome.status()).as(outcome.err()).isZero();
    }
}
