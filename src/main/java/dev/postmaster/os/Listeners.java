package dev.postmaster.os;

import java.net.InetSocketAddress;
import java.util.OptionalInt;

/** Makes listening sockets (PM-4, PM-6): close-on-exec and non-blocking. Nothing here blocks. */
public interface Listeners {
    /**
     * Listens on one numeric address. SO_REUSEADDR is on, and an IPv6 socket takes IPv6 only.
     *
     * @param address resolved; port 0 lets the kernel choose
     * @param backlog how many connections may wait to be accepted; the kernel cuts it at {@code net.core.somaxconn}
     */
    ListenResult listen(InetSocketAddress address, int backlog);

    /** Listens on a Unix socket. Removing what an earlier postmaster left at the path is the caller's business. */
    ListenResult listen(UnixEndpoint endpoint, int backlog);

    /** The number of a group, given by name or number ({@code unix_socket_group}); empty if there is none. */
    OptionalInt groupId(String nameOrNumber);
}
