package dev.postmaster.auth.hba;

import java.net.InetAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody at the door.
 *
 * @param address where the client is; null at the other end of a Unix socket
 * @param memberOf whether {@code user} is a member of the role of that name, or is that role
 */
public record Knock(
        Transport transport, @Nullable InetAddress address, String database, String user, Predicate<String> memberOf) {

    public Knock {
        if ((address == null) != (transport == Transport.UNIX_SOCKET)) {
            throw new IllegalArgumentException("address " + address + " by " + transport);
        }
    }
}
