package dev.postmaster.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The smallest directory that is a cluster. */
final class TestCluster {
    private TestCluster() {}

    static ClusterLayout in(Path directory) throws IOException {
        ClusterLayout layout = new ClusterLayout(directory);
        mode(directory, "rwx------");
        Files.createDirectory(layout.global());
        Files.writeString(layout.versionFile(), DataDirectory.VERSION + "\n");
        return layout;
    }

    static void mode(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
