package dev.postmaster.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a client comes from, as the log writes it (CL-4).
 *
 * @param host numeric, or {@code [local]} for a Unix socket
 * @param port 0 for a Unix socket
 */
record RemoteAddress(String host, int port) {
    private static final RemoteAddress LOCAL = new RemoteAddress("[local]", 0);

    boolean isLocal() {
        return equals(LOCAL);
    }

    static RemoteAddress of(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? new RemoteAddress(inet.getAddress().getHostAddress(), inet.getPort())
                : LOCAL;
    }
}
