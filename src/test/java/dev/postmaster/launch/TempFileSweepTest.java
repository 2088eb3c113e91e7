package dev.postmaster.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CH-13. */
class TempFileSweepTest {
    @TempDir
    Path dataDirectory;

    private final List<Report> log = new ArrayList<>();

    @Test
    void aMissingDirectoryIsFine() {
        sweep();
        assertThat(log).isEmpty();
    }

    @Test
    void whatIsOursGoesWithAllItHoldsAndStrangersAreNamed() throws Exception {
        Path directory = Files.createDirectory(dataDirectory.resolve("pgsql_tmp"));
        Files.createFile(directory.resolve("pgsql_tmp.backend_var.17.1"));
        Path nested = Files.createDirectories(directory.resolve("pgsql_tmp17.fileset/deep"));
        Files.createFile(nested.resolve("anything"));
        Path stranger = Files.createFile(directory.resolve("notes.txt"));
        Path outside = Files.createFile(dataDirectory.resolve("keep"));
        Files.createSymbolicLink(directory.resolve("pgsql_tmp.link"), dataDirectory);
        sweep();
        assertThat(directory).isDirectoryContaining(stranger::equals);
        assertThat(directory.toFile().list()).containsExactly("notes.txt");
        assertThat(outside).exists();
        assertThat(log)
                .extracting(Report::message)
                .containsExactly("unexpected file found in temporary-files directory: \"pgsql_tmp/notes.txt\"");
    }

    private void sweep() {
        new TempFileSweep(dataDirectory, log::add).sweep();
    }
}
