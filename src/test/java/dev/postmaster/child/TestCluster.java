package dev.postmaster.child;

import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.ClusterState;
import dev.postmaster.cluster.ControlData;
import dev.postmaster.cluster.ControlFile;
import dev.postmaster.cluster.DataDirectory;
import dev.postmaster.cluster.FileModes;
import dev.postmaster.cluster.RolesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;

/** The smallest cluster that a child accepts. */
public final class TestCluster {
    private TestCluster() {}

    /** Makes one without a database in an empty directory; it was left in the given state. */
    public static ClusterLayout create(Path directory, ClusterState state) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        ClusterLayout layout = new ClusterLayout(directory);
        Files.createDirectory(layout.base());
        Files.createDirectory(layout.global());
        Files.createFile(layout.attachFile());
        Files.writeString(layout.versionFile(), DataDirectory.VERSION + "\n");
        Instant then = Instant.parse("2026-11-21T10:00:00Z");
        RolesFile.create(layout, RoleBook.initial("postgres", Optional.empty()));
        ControlFile.write(layout, new ControlData(42, state, then, then), FileModes.OWNER_ONLY);
        return layout;
    }
}
