package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.util.regex.Pattern;

/** What becomes of a password that a client sets (crypt.c, encrypt_password). */
final class Passwords {
    private static final Pattern MD5 = Pattern.compile("md5[0-9a-f]{32}");

    private Passwords() {}

    /**
     * The verifier to keep: one that the client made itself, as psql's {@code \password} does, is kept as it is.
     *
     * @throws ReportException ERROR 0A000 for an MD5 hash: nothing weaker than SCRAM is kept
     */
    static String verifier(String password) {
        if (MD5.matcher(password).matches()) {
            throw new ReportException(error(SqlState.FEATURE_NOT_SUPPORTED, "MD5 password hashes are not supported")
                    .report()
                    .withHint("Set the password itself, or a SCRAM-SHA-256 verifier."));
        }
        return ScramSecret.isVerifier(password) ? password : ScramSecret.of(password);
    }
}
