package dev.postmaster.auth.hba;

import java.util.Locale;
import java.util.Optional;

/** The first word of a rule: by which way the client must have come. Nobody comes encrypted by GSSAPI. */
public enum ConnectionType {
    LOCAL,
    HOST,
    HOSTSSL,
    HOSTNOSSL,
    HOSTGSSENC,
    HOSTNOGSSENC;

    static Optional<ConnectionType> named(String word) {
        for (ConnectionType type : values()) {
            if (type.word().equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** As it stands in the file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean admits(Transport transport) {
        return switch (this) {
            case LOCAL -> transport == Transport.UNIX_SOCKET;
            case HOST, HOSTNOGSSENC -> transport != Transport.UNIX_SOCKET;
            case HOSTSSL -> transport == Transport.TLS;
            case HOSTNOSSL -> transport == Transport.TCP;
            case HOSTGSSENC -> false;
        };
    }
}
