package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit status 2 means that there is no cluster to serve (PM-1, steps 4 and 6; PM-2). */
class MissingClusterIT {
    @TempDir
    Path directory;

    @Test
    void aDataDirectoryThatDoesNotExist() {
        Path missing = directory.resolve("nowhere");

        Outcome outcome = start("-D", missing.toString());

        assertThat(outcome.err()).isEqualTo("""
                        postmaster: could not access directory "%s": No such file or directory
                        Run "pmctl init" to create a data directory.
                        """, missing);
        assertThat(outcome.status()).isEqualTo(2);
    }

    @Test
    void aDataDirectoryThatNobodyNames() {
        Outcome outcome = start();

        assertThat(outcome.err()).isEqualTo("""
                        postmaster does not know where to find the database system data.
                        Specify the -D invocation option or set the PGDATA environment variable.
                        """);
        assertThat(outcome.status()).isEqualTo(2);
    }

    @Test
    void aDataDirectoryWithoutAControlFile() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(directory.resolve("PM_VERSION"), "1\n");

        Outcome outcome = start("-D", directory.toString());

        assertThat(outcome.err()).isEqualTo("""
                        postmaster: could not find the database system
                        Expected to find it in the directory "%1$s",
                        but could not open file "%1$s/global/pg_control": No such file or directory
                        """, directory);
        assertThat(outcome.status()).isEqualTo(2);
    }

    private static Outcome start(String... arguments) {
        var command = new ArrayList<>(RunningPostmaster.program());
        command.addAll(List.of("-c", "allow_root=on"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().remove("PGDATA");
        return Outcome.of(builder);
    }
}
