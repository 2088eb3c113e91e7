package dev.postmaster.os;

/** Sockets that exist already. Nothing here blocks. */
public interface Sockets {
    SocketPair pair(SocketPair.Kind kind);

    /** TCP_NODELAY: small answers leave at once (PM-7). */
    void setNoDelay(Fd socket);

    /** SO_KEEPALIVE: the kernel notices a peer that vanished (PM-7). */
    void setKeepAlive(Fd socket);

    /** This side's address (getsockname). */
    SocketName localName(Fd socket);

    /**
     * The other side's address (getpeername).
     *
     * @throws OsException {@code ENOTCONN} if there is no other side, or no longer
     */
    SocketName peerName(Fd socket);

    /** Who connected to a Unix socket, as the kernel knows it (SO_PEERCRED). */
    PeerCredentials peerCredentials(Fd socket);

    /** The process that connected, at the time it did; {@code pid} 0 if it is in a namespace we cannot see. */
    record PeerCredentials(int pid, int uid, int gid) {}
}
