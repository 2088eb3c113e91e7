package dev.postmaster.child.backend;

import dev.postmaster.auth.role.Role;
import dev.postmaster.auth.scram.ScramVerifier;
import java.time.Instant;
import java.util.Optional;

/**
 * The password of somebody who wants to come in (get_role_password, crypt.c).
 *
 * @param verifier empty if no password can be right
 * @param trouble why, for the log alone: a line, or empty
 */
record PasswordOf(Optional<ScramVerifier> verifier, String trouble) {

    static PasswordOf role(Optional<Role> role, String user, Instant now) {
        if (role.isEmpty()) {
            return none("Role \"" + user + "\" does not exist.");
        }
        Optional<String> kept = role.get().verifier();
        if (kept.isEmpty()) {
            return none("User \"" + user + "\" has no password assigned.");
        }
        if (role.get().expired(now)) {
            return none("User \"" + user + "\" has an expired password.");
        }
        Optional<ScramVerifier> verifier = ScramVerifier.parse(kept.get());
        return verifier.isEmpty()
                ? none("User \"" + user + "\" does not have a valid SCRAM secret.")
                : new PasswordOf(verifier, "");
    }

    private static PasswordOf none(String trouble) {
        return new PasswordOf(Optional.empty(), trouble + "\n");
    }
}
