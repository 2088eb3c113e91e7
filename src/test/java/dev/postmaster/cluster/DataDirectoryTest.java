package dev.postmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataDirectoryTest {
    @TempDir
    private Path directory;

    private ClusterLayout layout;
    private int owner;

    @BeforeEach
    void makeCluster() throws IOException {
        layout = TestCluster.in(directory);
        owner = (Integer) Files.getAttribute(directory, "unix:uid");
    }

    private Report refusal(ClusterLayout of, int effectiveUid) {
        return catchThrowableOfType(ReportException.class, () -> DataDirectory.check(of, effectiveUid))
                .report();
    }

    @ParameterizedTest
    @CsvSource({
        "rwx------, OWNER_ONLY, 63, rwx------, rw-------",
        "r-x------, OWNER_ONLY, 63, rwx------, rw-------",
        "rwx--x---, OWNER_ONLY, 63, rwx------, rw-------",
        "rwxr-x---, GROUP_READABLE, 23, rwxr-x---, rw-r-----"
    })
    void theModeOfTheDirectoryDecidesThatOfAllFiles_DD5(
            String mode, FileModes modes, int umask, String directories, String files) throws IOException {
        TestCluster.mode(directory, mode);
        FileModes checked = DataDirectory.check(layout, owner);
        assertThat(checked).isEqualTo(modes);
        assertThat(checked.umask()).isEqualTo(umask);
        TestCluster.mode(directory, "rwx------");
        assertThat(TestCluster.mode(Files.createDirectory(layout.base(), checked.directory())))
                .isEqualTo(directories);
        assertThat(TestCluster.mode(Files.createFile(layout.hbaFile(), checked.file())))
                .isEqualTo(files);
    }

    @Test
    void aMissingDirectoryIsSaidToBeMissing_DD1() {
        Report report = refusal(new ClusterLayout(directory.resolve("none")), owner);
        assertThat(report.severity()).isEqualTo(Severity.FATAL);
        assertThat(report.message()).isEqualTo("data directory \"" + directory.resolve("none") + "\" does not exist");
    }

    @Test
    void aPathThatCannotBeFollowedIsToldWithItsReason_DD1() throws IOException {
        Path loop = Files.createSymbolicLink(directory.resolve("loop"), directory.resolve("loop"));
        assertThat(refusal(new ClusterLayout(loop), owner).message())
                .startsWith(
                        "could not read permissions of directory \"" + loop + "\": Too many levels of symbolic links");
    }

    @Test
    void aFileIsNoDirectory_DD2() {
        Report report = refusal(new ClusterLayout(layout.versionFile()), owner);
        assertThat(report.sqlState()).isEqualTo(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE);
        assertThat(report.message())
                .isEqualTo("specified data directory \"" + layout.versionFile() + "\" is not a directory");
    }

    @Test
    void anotherUsersDirectoryIsRefused_DD3() {
        Report report = refusal(layout, owner + 1);
        assertThat(report.message()).isEqualTo("data directory \"" + directory + "\" has wrong ownership");
        assertThat(report.hint()).isEqualTo("The server must be started by the user that owns the data directory.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx-w----", "rwx---r--", "rwx----w-", "rwx-----x"})
    void aDirectoryOpenToOthersIsRefused_DD4(String mode) throws IOException {
        TestCluster.mode(directory, mode);
        Report report = refusal(layout, owner);
        assertThat(report.message()).isEqualTo("data directory \"" + directory + "\" has invalid permissions");
        assertThat(report.detail()).isEqualTo("Permissions should be u=rwx (0700) or u=rwx,g=rx (0750).");
    }

    @Test
    void withoutAVersionItIsNoCluster_DD6() throws IOException {
        Files.delete(layout.versionFile());
        Report report = refusal(layout, owner);
        assertThat(report.sqlState()).isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
        assertThat(report.message()).isEqualTo("\"" + directory + "\" is not a valid data directory");
        assertThat(report.detail()).isEqualTo("File \"" + layout.versionFile() + "\" is missing.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "one\n"})
    void aVersionThatIsNoNumberIsNoVersion_DD6(String content) throws IOException {
        Files.writeString(layout.versionFile(), content);
        Report report = refusal(layout, owner);
        assertThat(report.detail()).isEqualTo("File \"" + layout.versionFile() + "\" does not contain valid data.");
        assertThat(report.hint()).isEqualTo("You might need to initdb.");
    }

    @Test
    void anUnreadableVersionIsToldWithItsReason_DD6() throws IOException {
        Files.delete(layout.versionFile());
        Files.createDirectory(layout.versionFile());
        assertThat(refusal(layout, owner).message())
                .isEqualTo("could not open file \"" + layout.versionFile() + "\": Is a directory");
    }

    @Test
    void anotherVersionIsNotOurs_DD7() throws IOException {
        Files.writeString(layout.versionFile(), "99\n");
        Report report = refusal(layout, owner);
        assertThat(report.message()).isEqualTo("database files are incompatible with server");
        assertThat(report.detail())
                .isEqualTo("The data directory was initialized by Postmaster version 99, which is not compatible with"
                        + " this version 1.");
    }
}
