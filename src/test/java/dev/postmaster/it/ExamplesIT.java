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

    private static Path example(String name) {
        return Path.of("examples", name, "postmaster.conf");
    }

    private static void run(String... command) {
        Outcome outcome = Outcome.of(new ProcessBuilder(command));
        assertThat(outcome.status()).as(outcome.err()).isZero();
    }
}
