package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.os.Os;
import dev.postmaster.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenTest {
    private static final int US = Os.open().thisProcess().effectiveUserId();
    private static final String TOKEN = "0123456789abcdef";

    @TempDir
    Path directory;

    private final List<Report> log = new ArrayList<>();

    @Test
    void theTokenIsTheTextWithoutTheEndOfItsLine() throws IOException {
        AdminToken token = read(file(TOKEN + "\n", "rw-------"), US);

        assertThat(token).isEqualTo(new AdminToken.Secret(TOKEN));
        assertThat(((AdminToken.Secret) token).matches(TOKEN)).isTrue();
        assertThat(((AdminToken.Secret) token).matches(TOKEN + "0")).isFalse();
        assertThat(token.toString()).doesNotContain(TOKEN);
        assertThat(log).isEmpty();
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws IOException {
        Path file = file(TOKEN, "rw-r-----");

        assertThat(read(file, US)).isEqualTo(new AdminToken.Unusable());
        assertThat(log)
                .extracting(Report::message)
                .containsExactly("admin token file \"" + file + "\" has group or world access");
    }

    /** Which is how Kubernetes mounts a secret for a group (fsGroup). */
    @Test
    void onlyRootsFileMayBeReadByOurGroup() throws IOException {
        Path file = file(TOKEN, "rw-r-----");
        boolean roots = US == 0;

        assertThat(read(file, US + 1)).isEqualTo(roots ? new AdminToken.Secret(TOKEN) : new AdminToken.Unusable());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(read(file, US + 1)).isEqualTo(new AdminToken.Unusable());
    }

    @Test
    void aTokenThatCouldBeGuessedIsRefused() throws IOException {
        assertThat(read(file("  0123456789abcde\n\n", "rw-------"), US)).isEqualTo(new AdminToken.Unusable());
        assertThat(log).extracting(Report::hint).containsExactly("Make one with \"openssl rand -hex 32\".");
    }

    @Test
    void aFileThatIsNotThereOpensNothing() {
        assertThat(read(directory.resolve("none"), US)).isEqualTo(new AdminToken.Unusable());
        assertThat(log).hasSize(1);
    }

    private AdminToken read(Path file, int user) {
        return AdminToken.of(file, user, log::add);
    }

    private Path file(String text, String permissions) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
