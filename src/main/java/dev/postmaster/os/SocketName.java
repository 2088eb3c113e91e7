package dev.postmaster.os;

/** The address of one end of a socket. */
public sealed interface SocketName {
    /**
     * An IPv4 address.
     *
     * @param host numeric text such as {@code 127.0.0.1}
     */
    record Ipv4(String host, int port) implements SocketName {}

    /**
     * An IPv6 address.
     *
     * @param host numeric text in its short form, such as {@code ::1} or {@code fe80::1%eth0}
     */
    record Ipv6(String host, int port) implements SocketName {}

    /**
     * A Unix socket.
     *
     * @param path empty for an end without a name (every client); starts with {@code @} in the abstract name space
     */
    record Unix(String path) implements SocketName {}
}
