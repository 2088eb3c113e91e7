package dev.postmaster.initdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.auth.hba.AuthMethod;
import dev.postmaster.auth.hba.HbaFile;
import dev.postmaster.auth.hba.HbaRule;
import dev.postmaster.auth.role.Role;
import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.RolesFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages and statuses compared with PostgreSQL 15's initdb. */
class InitDbTest {
    @TempDir
    Path temporary;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void successIsToldStepByStep() {
        Path data = temporary.resolve("data");
        assertThat(run(Map.of(), "-D", data.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("The files belonging to this database system will be owned by user ")
                .contains("creating directory " + data + " ... ok\n")
                .contains("syncing data to disk ... ok\n\nSuccess. ");
        assertThat(err.size()).isZero();
    }

    @Test
    void theDirectoryCanComeFromTheEnvironment() {
        assertThat(run(Map.of("PGDATA", temporary.resolve("data").toString()))).isZero();
        assertThat(temporary.resolve("data/PM_VERSION")).exists();
    }

    @Test
    void everySpellingOfTheDirectoryIsTaken() {
        assertThat(run(Map.of(), "-D" + temporary.resolve("a"))).isZero();
        assertThat(run(Map.of(), "--pgdata=" + temporary.resolve("b"))).isZero();
        assertThat(run(Map.of(), temporary.resolve("c").toString())).isZero();
        assertThat(temporary.resolve("a/PM_VERSION")).exists();
        assertThat(temporary.resolve("b/PM_VERSION")).exists();
        assertThat(temporary.resolve("c/PM_VERSION")).exists();
    }

    @Test
    void theSuperuserIsTheUserOfTheOperatingSystemOrWhoIsAskedFor() {
        assertThat(run(Map.of(), "-D", temporary.resolve("a").toString())).isZero();
        assertThat(run(Map.of(), "-U", "ann", temporary.resolve("b").toString()))
                .isZero();
        assertThat(run(Map.of(), "--username=ann", temporary.resolve("c").toString()))
                .isZero();
        assertThat(superuser("a")).isEqualTo(System.getProperty("user.name"));
        assertThat(superuser("b")).isEqualTo("ann");
        assertThat(superuser("c")).isEqualTo("ann");
    }

    private String superuser(String directory) {
        return RolesFile.read(new ClusterLayout(temporary.resolve(directory)))
                .find(Role.BOOTSTRAP)
                .orElseThrow()
                .name();
    }

    @Test
    void aSuperuserCannotHaveANameOfTheServersOwn() {
        assertThat(run(Map.of(), "-Upg_ann", temporary.resolve("a").toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("initdb: error: superuser name \"pg_ann\" is disallowed; role names cannot begin with"
                        + " \"pg_\"\n");
    }

    @Test
    void theSuperuserCanHaveAPasswordThatEverybodyIsAskedFor() throws IOException {
        Path file = Files.writeString(temporary.resolve("password"), "secret of ann\nnot read\n");
        Path data = temporary.resolve("data");
        assertThat(run(Map.of(), "-U", "ann", "--pwfile=" + file, "-A", "scram-sha-256", data.toString()))
                .isZero();
        ClusterLayout layout = new ClusterLayout(data);
        assertThat(RolesFile.read(layout).require("ann").verifier().orElseThrow())
                .startsWith("SCRAM-SHA-256$4096:");
        assertThat(HbaFile.read(layout.hbaFile()).rules().rules())
                .extracting(HbaRule::method)
                .containsOnly(AuthMethod.SCRAM_SHA_256);
        assertThat(out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8))
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--pwfile=/nowhere/at/all | could not open file \"/nowhere/at/all\" for reading: No such file or directory",
                "--pwfile=/dev/null       | password file \"/dev/null\" is empty",
                "-Ascram-sha-256          | must specify a password for the superuser to enable password authentication",
                "--auth-host=peer         | invalid authentication method \"peer\" for \"host\" connections",
                "--auth-local=pam         | invalid authentication method \"pam\" for \"local\" connections",
            })
    void whatMakesNoSenseLeavesNothingBehind(String option, String message) {
        Path data = temporary.resolve("data");
        assertThat(run(Map.of(), option, data.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("initdb: error: " + message + "\n");
        assertThat(data).doesNotExist();
    }

    @Test
    void noDirectoryIsAnError() {
        assertThat(run(Map.of())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("initdb: error: no data directory specified\ninitdb: hint: You must identify");
    }

    @Test
    void aDirectoryInUseIsAnError() throws IOException {
        Files.createFile(temporary.resolve("x"));
        assertThat(run(Map.of(), "-D", temporary.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("initdb: error: directory \"" + temporary + "\" exists but is not empty\n"
                        + "initdb: hint: If you want to create a new database system, either remove or empty the directory \""
                        + temporary + "\" or run initdb with an argument other than \"" + temporary + "\".\n");
    }

    @Test
    void aFileInItsPlaceIsAnError() throws IOException {
        Path file = Files.createFile(temporary.resolve("x"));
        assertThat(run(Map.of(), "-D", file.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("initdb: error: could not access directory \"" + file + "\": Not a directory\n");
    }

    @Test
    void unknownOptionsAndTooManyArgumentsAreErrors() {
        assertThat(run(Map.of(), "--bogus")).isEqualTo(1);
        assertThat(run(Map.of(), "a", "b")).isEqualTo(1);
        assertThat(run(Map.of(), "-D")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("initdb: error: unrecognized option '--bogus'\n")
                .contains("initdb: error: too many command-line arguments (first is \"b\")\n")
                .contains("initdb: error: option requires an argument -- '-D'\n");
    }

    @Test
    void helpIsNoError() {
        assertThat(run(Map.of(), "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--pgdata=]DATADIR");
    }

    private int run(Map<String, String> environment, String... args) {
        return new InitDb(environment, stream(out), stream(err)).run(List.of(args));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
