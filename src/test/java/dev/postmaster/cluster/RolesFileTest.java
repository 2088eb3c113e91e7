package dev.postmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.auth.role.Role;
import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.report.ReportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolesFileTest {
    private static final int WRITERS = 20;

    @TempDir
    Path temporary;

    private ClusterLayout layout;

    @BeforeEach
    void createFile() throws IOException {
        layout = new ClusterLayout(temporary);
        Files.createDirectory(layout.global());
        RolesFile.create(layout, RoleBook.initial("ann", Optional.empty()));
    }

    @Test
    void onlyItsOwnerMayReadItBeforeAndAfterAChange() throws IOException {
        assertThat(mode()).isEqualTo("rw-------");
        RolesFile.change(layout, book -> added(book, "bob"));
        assertThat(mode()).isEqualTo("rw-------");
        assertThat(RolesFile.read(layout).find("bob")).isPresent();
    }

    @Test
    void nobodysChangeIsLost() throws InterruptedException, ExecutionException {
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<RoleBook>> changes = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String name = "role" + i;
                changes.add(writers.submit(() -> RolesFile.change(layout, book -> added(book, name))));
            }
            for (Future<RoleBook> change : changes) {
                change.get();
            }
        }
        assertThat(RolesFile.read(layout).roles())
                .filteredOn(role -> role.name().startsWith("role"))
                .hasSize(WRITERS);
    }

    @Test
    void aChangeThatFailsChangesNothing() {
        RoleBook before = RolesFile.read(layout);
        assertThatThrownBy(() -> RolesFile.change(
                        layout, book -> added(book.without(Role.BOOTSTRAP), "a").with(book.require("nobody"))))
                .hasMessage("role \"nobody\" does not exist");
        assertThat(RolesFile.read(layout)).isEqualTo(before);
    }

    @Test
    void aDamagedFileIsNamedAndTheErrorSaysWhatToDo() throws IOException {
        Files.writeString(
                layout.rolesFile(), Files.readString(layout.rolesFile()).replace("ann", "eve"));
        assertThatThrownBy(() -> RolesFile.read(layout))
                .hasMessage("file \"" + layout.rolesFile() + "\" is damaged: its checksum is wrong")
                .isInstanceOfSatisfying(
                        ReportException.class,
                        e -> assertThat(e.report().hint()).startsWith("Restore it from a backup of the cluster"));
    }

    @Test
    void aMissingFileIsNamedAndTheErrorSaysWhatToDo() throws IOException {
        Files.delete(layout.rolesFile());
        assertThatThrownBy(() -> RolesFile.read(layout))
                .hasMessage("could not open file \"" + layout.rolesFile() + "\": No such file or directory")
                .isInstanceOfSatisfying(
                        ReportException.class,
                        e -> assertThat(e.report().hint()).contains("Restore it from a backup"));
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.rolesFile()));
    }

    private static RoleBook added(RoleBook book, String name) {
        return book.with(Role.of(book.nextOid(), name, Set.of()));
    }
}
