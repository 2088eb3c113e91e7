package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cluster=none}: any directory, no database, nobody but programs. */
class NoClusterIT {
    @TempDir
    Path scratch;

    @Test
    void withoutAProgramForClientsNobodyListens() {
        try (var postmaster = RunningPostmaster.startWithoutCluster()) {
            assertThat(String.join("\n", postmaster.log())).doesNotContain("listening on");
            assertThat(Proc.childrenOf(postmaster.pid())).isEmpty();
            postmaster.signal("INT");
            assertThat(postmaster.awaitExit()).isZero();
            assertThat(postmaster.dataDirectory().resolve("PM_VERSION")).doesNotExist();
            assertThat(postmaster.dataDirectory().resolve("postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void aSecondPostmasterIsKeptOutAllTheSame() {
        try (var postmaster = RunningPostmaster.startWithoutCluster("backend_command=cat")) {
            Outcome rival = postmaster.startRival();
            assertThat(rival.status()).isEqualTo(1);
            assertThat(rival.err() + rival.out()).contains("lock file \"postmaster.pid\" already exists");
        }
    }

    @Test
    void aMissingOrOpenDirectoryIsNamedWithARemedy() throws IOException {
        Path missing = scratch.resolve("missing");
        Outcome refused = serve(missing);
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .contains("could not access directory \"" + missing + "\": No such file or directory")
                .contains("Run \"mkdir -m 700 " + missing + "\" to create it.");
        Path open = Files.createDirectory(scratch.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        Outcome exposed = serve(open);
        assertThat(exposed.status()).isEqualTo(1);
        assertThat(exposed.err() + exposed.out())
                .contains("data directory \"" + open + "\" has invalid permissions")
                .contains("Permissions should be u=rwx (0700) or u=rwx,g=rx (0750).");
    }

    @Test
    void whatAProgramIsToBeGivenIsCheckedAtTheStart() throws IOException {
        Path data = directory("data");
        Outcome refused = serve(data, "-c", "backend_limits=files=3", "-c", "backend_environment=HOME");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err() + refused.out())
                .contains("backend_limits: \"files=3\" is no resource limit")
                .contains("backend_environment: \"HOME\" is no environment variable (Write NAME=value.)");
        Outcome unbalanced = serve(data, "-c", "backend_command=sh -c 'oops");
        assertThat(unbalanced.err() + unbalanced.out()).contains("the quote (') at position 7 does not end");
    }

    @Test
    void pmctlKnowsTheDirectoryByItsConfiguration() throws IOException {
        try (var pmctl = new Pmctl()) {
            assertThat(pmctl.run("status").status()).isEqualTo(4);
            Files.createDirectory(
                    pmctl.data(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            assertThat(pmctl.run("status").status()).isEqualTo(4);
            Files.writeString(pmctl.data().resolve("postmaster.conf"), "cluster = none\nbackend_command = 'cat'\n");
            assertThat(pmctl.run("status").status()).isEqualTo(3);
            pmctl.start();
            try (var client = new LineClient(pmctl.port())) {
                assertThat(client.ask("hello")).isEqualTo("hello");
                assertThat(pmctl.run("status").out()).startsWith("pmctl: server is running");
                var row = Pattern.compile("\\d+  - cat +sleeping");
                Deadline.await("the program is told of", RunningPostmaster.PATIENCE, () -> row.matcher(
                                pmctl.run("ps").out())
                        .find());
                // It is told with the next heartbeat.
                Deadline.await("the session is told of", RunningPostmaster.PATIENCE, () -> pmctl.run("why")
                        .out()
                        .contains("1 sessions"));
                assertThat(pmctl.run("why").out()).contains("state       PM_RUN");
            }
            assertThat(pmctl.run("stop").status()).isZero();
            assertThat(pmctl.run("status").status()).isEqualTo(3);
        }
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectory(
                scratch.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static Outcome serve(Path data, String... options) {
        List<String> command = new ArrayList<>(RunningPostmaster.program());
        command.addAll(List.of("-D", data.toString(), "-c", "cluster=none", "-c", "allow_root=on"));
        command.addAll(List.of(options));
        return Outcome.of(new ProcessBuilder(command));
    }
}
