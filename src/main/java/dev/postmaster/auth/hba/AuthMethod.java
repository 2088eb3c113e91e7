package dev.postmaster.auth.hba;

import java.util.Optional;
import java.util.Set;

/** How a client proves who it is, by the last word of a rule. */
public enum AuthMethod {
    /** Not at all: whoever reaches the server is who they say. */
    TRUST("trust"),
    /** It need not try. */
    REJECT("reject"),
    /** The kernel says which user of the operating system is at the other end of the Unix socket. */
    PEER("peer"),
    /** By a password that is not sent: SCRAM-SHA-256 (RFC 7677). */
    SCRAM_SHA_256("scram-sha-256"),
    /** By a certificate issued to the user, and its private key. */
    CERT("cert");

    /** PostgreSQL's methods that nobody has here: what they are is known, so that the message can say so. */
    private static final Set<String> OF_OTHERS = Set.of("gss", "sspi", "pam", "bsd", "ldap", "radius", "password");

    private final String word;

    AuthMethod(String word) {
        this.word = word;
    }

    /** As it stands in the file. */
    public String word() {
        return word;
    }

    /**
     * The method of that name; empty if there is none here. As in PostgreSQL, {@code ident} on a Unix socket is
     * {@code peer}, and {@code md5} is SCRAM wherever the password is kept for SCRAM, which here is everywhere.
     */
    static Optional<AuthMethod> named(String name, ConnectionType type) {
        return switch (name) {
            case "trust" -> Optional.of(TRUST);
            case "reject" -> Optional.of(REJECT);
            case "peer" -> Optional.of(PEER);
            case "ident" -> type == ConnectionType.LOCAL ? Optional.of(PEER) : Optional.empty();
            case "scram-sha-256", "md5" -> Optional.of(SCRAM_SHA_256);
            case "cert" -> Optional.of(CERT);
            default -> Optional.empty();
        };
    }

    /** Whether PostgreSQL knows a method of that name that {@link #named} does not. */
    static boolean isKnownElsewhere(String name) {
        return OF_OTHERS.contains(name) || "ident".equals(name);
    }
}
