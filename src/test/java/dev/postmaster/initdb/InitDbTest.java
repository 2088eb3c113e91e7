package dev.postmaster.initdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.ClusterState;
import dev.postmaster.cluster.ControlFile;
import dev.postmaster.store.DatabaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitDbTest {
    @TempDir
    private Path directory;

    @Test
    void aNewClusterIsCompleteAndShutDown() throws IOException {
        var layout = new ClusterLayout(directory.resolve("data"));

        assertThat(InitDb.run(new String[] {"init", "-D", layout.dataDirectory().toString()}))
                .isZero();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.dataDirectory())))
                .isEqualTo("rwx------");
        assertThat(ControlFile.read(layout).state()).isEqualTo(ClusterState.SHUT_DOWN);
        assertThat(layout.versionFile()).hasContent("1");
        assertThat(layout.configFile()).exists();
        assertThat(layout.hbaFile()).exists();
        try (DatabaseFile database = DatabaseFile.open(layout.database("postgres"), 0)) {
            assertThat(database.quickCheck()).isEmpty();
        }
    }

    @Test
    void twoClustersAreNotTakenForEachOther() {
        var one = new ClusterLayout(directory.resolve("one"));
        var two = new ClusterLayout(directory.resolve("two"));
        InitDb.run(new String[] {"init", "-D", one.dataDirectory().toString()});
        InitDb.run(new String[] {"init", "-D", two.dataDirectory().toString()});

        assertThat(ControlFile.read(one).systemIdentifier())
                .isNotEqualTo(ControlFile.read(two).systemIdentifier());
    }

    @Test
    void anEmptyDirectoryIsTaken() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));

        assertThat(InitDb.run(new String[] {"init", "-D", empty.toString()})).isZero();
        assertThat(new ClusterLayout(empty).versionFile()).exists();
    }

    @Test
    void aDirectoryWithSomethingInItIsLeftAlone() throws IOException {
        Path kept = Files.writeString(directory.resolve("letter.txt"), "dear");

        assertThat(InitDb.run(new String[] {"init", "-D", directory.toString()})).isEqualTo(1);
        assertThat(kept).hasContent("dear");
        try (Stream<Path> entries = Files.list(directory)) {
            assertThat(entries).hasSize(1);
        }
    }

    @Test
    void withoutADirectoryNothingIsCreated() {
        assertThat(InitDb.run(new String[] {"init", "-D"})).isEqualTo(1);
    }
}
