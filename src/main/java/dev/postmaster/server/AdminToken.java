package dev.postmaster.server;

import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** What a caller of the admin API must show: the content of {@code admin_token_file}. */
public sealed interface AdminToken {
    /** A guess at a shorter one could succeed. */
    int SHORTEST = 16;

    /** The setting is empty. */
    record NotSet() implements AdminToken {}

    /** There is no such file, or not one that keeps a secret: nobody is let in. The log says why. */
    record Unusable() implements AdminToken {}

    /** The token. */
    record Secret(String text) implements AdminToken {
        /** In a time that does not tell how much of it is right. */
        public boolean matches(String shown) {
            return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "Secret[hidden]";
        }
    }

    /**
     * Reads the token; what is wrong with it is logged.
     *
     * @param file within the data directory, which the postmaster may have been started outside of, or absolute
     * @param user who the postmaster runs as
     */
    static AdminToken of(Path file, int user, Log log) {
        try {
            if (isOpenToOthers(file, user)) {
                log.report(refused(file, "has group or world access")
                        .withHint(
                                "File must have permissions u=rw (0600) or less if owned by the user of the postmaster,"
                                        + " or permissions u=rw,g=r (0640) or less if owned by root."));
                return new Unusable();
            }
            String text = Files.readString(file).strip();
            if (text.length() < SHORTEST) {
                log.report(refused(file, "has fewer than " + SHORTEST + " characters")
                        .withHint("Make one with \"openssl rand -hex 32\"."));
                return new Unusable();
            }
            return new Secret(text);
        } catch (IOException e) {
            log.report(FileErrors.report(Severity.WARNING, "could not read admin token file \"" + file + "\"", e));
            return new Unusable();
        }
    }

    private static Report refused(Path file, String why) {
        return Report.of(Severity.WARNING, "admin token file \"" + file + "\" " + why);
    }

    /** The rule of PostgreSQL for private keys (check_ssl_key_file_permissions). */
    private static boolean isOpenToOthers(Path file, int user) throws IOException {
        int owner = (Integer) Files.getAttribute(file, "unix:uid");
        int mode = (Integer) Files.getAttribute(file, "unix:mode");
        if (owner == user) {
            return (mode & 0077) != 0;
        }
        return owner != 0 || (mode & 0037) != 0;
    }
}
