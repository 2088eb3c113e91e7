package dev.postmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code postmaster.opts}, the external pid file, and how files are made durable. */
class SmallFilesTest {
    @TempDir
    private Path directory;

    @Test
    void theOptionsFileHoldsTheCommandInOneLine_DD19() throws IOException {
        ClusterLayout layout = new ClusterLayout(directory);
        OptionsFile.write(layout, "/opt/bin/postmaster", List.of("-D", "/my data"), FileModes.OWNER_ONLY);
        OptionsFile.write(layout, "/opt/bin/postmaster", List.of("-D", "/my data", "-i"), FileModes.OWNER_ONLY);
        assertThat(layout.optionsFile()).hasContent("/opt/bin/postmaster \"-D\" \"/my data\" \"-i\"\n");
    }

    @Test
    void theExternalPidFileIsReadableForAllAndDeletedAtExit_DD20() throws IOException {
        Path file = directory.resolve("my.pid");
        List<String> errors = new ArrayList<>();
        try (ExternalPidFile _ = ExternalPidFile.write(file, 4711, errors::add)) {
            assertThat(file).hasContent("4711\n");
            assertThat(TestCluster.mode(file)).isEqualTo("rw-r--r--");
        }
        assertThat(file).doesNotExist();
        assertThat(errors).isEmpty();
    }

    @Test
    void anExternalPidFileThatCannotBeWrittenStopsNothing_DD20() {
        Path file = directory.resolve("none/my.pid");
        List<String> errors = new ArrayList<>();
        ExternalPidFile.write(file, 4711, errors::add).close();
        assertThat(errors)
                .containsExactly(
                        "postmaster: could not write external PID file \"" + file + "\": No such file or directory\n");
    }

    @Test
    void creatingNeverTouchesWhatIsThere() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "old");
        assertThatThrownBy(() -> DurableFiles.create(file, new byte[1], FileModes.OWNER_ONLY))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("old");
    }

    @Test
    void replacingLeavesNoTemporaryFileAndForgetsAnOldOne() throws IOException {
        Path file = directory.resolve("file");
        Files.writeString(directory.resolve("file.tmp"), "left by a crash");
        DurableFiles.replace(file, "new".getBytes(StandardCharsets.UTF_8), FileModes.GROUP_READABLE);
        assertThat(file).hasContent("new");
        assertThat(TestCluster.mode(file)).isEqualTo("rw-r-----");
        assertThat(directory.resolve("file.tmp")).doesNotExist();
    }
}
