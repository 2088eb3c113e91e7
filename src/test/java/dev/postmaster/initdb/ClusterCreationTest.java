package dev.postmaster.initdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.ClusterState;
import dev.postmaster.cluster.ControlData;
import dev.postmaster.cluster.ControlFile;
import dev.postmaster.cluster.DataDirectory;
import dev.postmaster.cluster.FileModes;
import dev.postmaster.cluster.RolesFile;
import dev.postmaster.report.ReportException;
import dev.postmaster.store.DatabaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterCreationTest {
    private static final Instant NOW = Instant.parse("2026-11-22T17:00:00.123456Z");

    @TempDir
    Path temporary;

    private ClusterLayout layout;
    private final Recorder recorder = new Recorder();

    @BeforeEach
    void choosePlace() {
        layout = new ClusterLayout(temporary.resolve("data"));
    }

    @Test
    void aNewClusterPassesEveryCheckOfThePostmaster() throws IOException {
        create(FileModes.OWNER_ONLY);
        int owner = (Integer) Files.getAttribute(layout.dataDirectory(), "unix:uid");
        assertThat(DataDirectory.check(layout, owner)).isEqualTo(FileModes.OWNER_ONLY);
        ControlData control = ControlFile.read(layout);
        assertThat(control.state()).isEqualTo(ClusterState.SHUT_DOWN);
        assertThat(control.modified()).isEqualTo(NOW);
        assertThat(control.systemIdentifier() >>> 32).isEqualTo(NOW.getEpochSecond());
    }

    @Test
    void onlyTheOwnerCanReadAnythingInIt() throws IOException {
        create(FileModes.OWNER_ONLY);
        try (Stream<Path> all = Files.walk(layout.dataDirectory())) {
            assertThat(all)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void theGroupMayReadItWhenAsked() throws IOException {
        create(FileModes.GROUP_READABLE);
        try (Stream<Path> all = Files.walk(layout.dataDirectory())) {
            assertThat(all.filter(path -> !path.equals(layout.rolesFile())))
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo(Files.isDirectory(path) ? "rwxr-x---" : "rw-r-----"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.rolesFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void itHasEveryPlaceOfTheLayoutAndASoundDatabase() {
        create(FileModes.OWNER_ONLY);
        assertThat(List.of(layout.base(), layout.global(), layout.wal(), layout.log(), layout.temporary()))
                .allMatch(Files::isDirectory);
        assertThat(layout.configFile()).content().contains("#port = 5432").contains("listen_addresses");
        assertThat(layout.hbaFile()).content().contains("127.0.0.1/32            trust");
        assertThat(layout.versionFile()).hasContent(Integer.toString(DataDirectory.VERSION));
        assertThat(RolesFile.read(layout).require("ann").superuser()).isTrue();
        try (DatabaseFile database = DatabaseFile.open(layout.database("postgres"), 0)) {
            assertThat(database.quickCheck()).isEmpty();
        }
    }

    @Test
    void everyStepIsTold() {
        create(FileModes.OWNER_ONLY);
        assertThat(recorder.steps)
                .containsExactly(
                        "creating directory " + layout.dataDirectory(),
                        "creating subdirectories",
                        "creating configuration files",
                        "creating roles",
                        "creating database postgres",
                        "writing control file",
                        "syncing data to disk");
        assertThat(recorder.ended).isEqualTo(7);
    }

    @Test
    void anEmptyDirectoryIsTakenOver() throws IOException {
        Files.createDirectory(layout.dataDirectory());
        create(FileModes.OWNER_ONLY);
        assertThat(recorder.steps).first().asString().startsWith("fixing permissions on existing directory");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.dataDirectory())))
                .isEqualTo("rwx------");
    }

    @Test
    void aDirectoryWithSomethingInItIsLeftAlone() throws IOException {
        Files.createDirectory(layout.dataDirectory());
        Path mine = Files.writeString(layout.dataDirectory().resolve("thesis.txt"), "years of work");
        assertThatThrownBy(() -> create(FileModes.OWNER_ONLY))
                .hasMessage("directory \"" + layout.dataDirectory() + "\" exists but is not empty");
        assertThat(mine).hasContent("years of work");
        assertThat(recorder.steps).isEmpty();
    }

    @Test
    void aMountPointIsRecognised() throws IOException {
        Files.createDirectory(layout.dataDirectory());
        Files.createDirectory(layout.dataDirectory().resolve("lost+found"));
        assertThatThrownBy(() -> create(FileModes.OWNER_ONLY))
                .isInstanceOfSatisfying(ReportException.class, e -> assertThat(
                                e.report().detail())
                        .isEqualTo("It contains a lost+found directory, perhaps due to it being a mount point."));
    }

    @Test
    void aFailureHalfWayRemovesWhatWasMade() {
        recorder.obstruct = "creating configuration files";
        assertThatThrownBy(() -> create(FileModes.OWNER_ONLY)).isInstanceOf(ReportException.class);
        assertThat(layout.dataDirectory()).doesNotExist();
        assertThat(recorder.notes).containsExactly("removing data directory \"" + layout.dataDirectory() + "\"");
    }

    @Test
    void aFailureHalfWayEmptiesADirectoryThatWasThereBefore() throws IOException {
        Files.createDirectory(layout.dataDirectory());
        recorder.obstruct = "creating configuration files";
        assertThatThrownBy(() -> create(FileModes.OWNER_ONLY)).isInstanceOf(ReportException.class);
        assertThat(layout.dataDirectory()).isEmptyDirectory();
    }

    private void create(FileModes modes) {
        new ClusterCreation(
                        layout,
                        modes,
                        new FirstAccess(RoleBook.initial("ann", Optional.empty()), "trust", "trust"),
                        recorder)
                .create(NOW);
    }

    /** Notes every step, and puts a file in the way of one. */
    private final class Recorder implements ClusterCreation.Progress {
        private final List<String> steps = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private int ended;
        private String obstruct = "";

        @Override
        public void begins(String step) {
            steps.add(step);
            if (step.equals(obstruct)) {
                try {
                    Files.createFile(layout.configFile());
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }

        @Override
        public void ends() {
            ended++;
        }

        @Override
        public void notes(String sentence) {
            notes.add(sentence);
        }
    }
}
