package dev.postmaster.launch;

import java.util.Optional;

/** Whether this user may run a server; the postmaster asks and so does every child (CH-23, DD-8). */
public final class UserCheck {
    private UserCheck() {}

    /**
     * What is wrong with the user, as text for standard error; empty if nothing is.
     *
     * @param program name of the program, for the message
     * @param allowRoot the setting {@code allow_root}, for containers that know no other user
     */
    public static Optional<String> refusal(String program, boolean allowRoot, int realUserId, int effectiveUserId) {
        if (effectiveUserId == 0 && !allowRoot) {
            return Optional.of("""
                    "root" execution of the PostgreSQL server is not permitted.
                    The server must be started under an unprivileged user ID to prevent
                    possible system security compromise.  See the documentation for
                    more information on how to properly start the server.
                    """);
        }
        if (realUserId != effectiveUserId) {
            return Optional.of(program + ": real and effective user IDs must match\n");
        }
        return Optional.empty();
    }
}
