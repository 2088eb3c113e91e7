package dev.postmaster.os;

import static dev.postmaster.os.Calls.check;

import java.util.Arrays;

/** Sockets by socketpair, setsockopt, getsockname and their like. */
final class PosixSockets implements Sockets {
    @Override
    public SocketPair pair(SocketPair.Kind kind) {
        int type =
                switch (kind) {
                    case STREAM -> SocketC.SOCK_STREAM;
                    case SEQPACKET -> SocketC.SOCK_SEQPACKET;
                };
        int[] ends = new int[2];
        check("socketpair", SocketC.socketpair(type | SocketC.SOCK_CLOEXEC, ends));
        return new SocketPair(PosixFds.own(ends[0]), PosixFds.own(ends[1]));
    }

    @Override
    public void setNoDelay(Fd socket) {
        check("setsockopt(TCP_NODELAY)", SocketC.switchOn(socket.number(), SocketC.IPPROTO_TCP, SocketC.TCP_NODELAY));
    }

    @Override
    public void setKeepAlive(Fd socket) {
        check("setsockopt(SO_KEEPALIVE)", SocketC.switchOn(socket.number(), SocketC.SOL_SOCKET, SocketC.SO_KEEPALIVE));
    }

    @Override
    public SocketName localName(Fd socket) {
        byte[] address = new byte[SocketAddresses.MAX_SIZE];
        int[] length = {address.length};
        check("getsockname", SocketC.getsockname(socket.number(), address, length));
        return SocketAddresses.decode(Arrays.copyOf(address, length[0]));
    }

    @Override
    public SocketName peerName(Fd socket) {
        byte[] address = new byte[SocketAddresses.MAX_SIZE];
        int[] length = {address.length};
        check("getpeername", SocketC.getpeername(socket.number(), address, length));
        return SocketAddresses.decode(Arrays.copyOf(address, length[0]));
    }

    @Override
    public PeerCredentials peerCredentials(Fd socket) {
        int[] ucred = new int[3];
        check("getsockopt(SO_PEERCRED)", SocketC.getsockopt(socket.number(), SocketC.SO_PEERCRED, ucred));
        return new PeerCredentials(ucred[0], ucred[1], ucred[2]);
    }
}
