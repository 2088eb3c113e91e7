package dev.postmaster.os;

import static dev.postmaster.os.CFunction.named;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** Functions of the C library on sockets, and on the files of Unix sockets. */
final class SocketC {
    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOCK_STREAM = 1;
    static final int SOCK_SEQPACKET = 5;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_REUSEADDR = 2;
    static final int SO_KEEPALIVE = 9;
    static final int SO_PEERCRED = 17;
    static final int SCM_RIGHTS = 1;
    static final int IPPROTO_TCP = 6;
    static final int TCP_NODELAY = 1;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_V6ONLY = 26;
    static final int MSG_CTRUNC = 0x8;
    static final int MSG_TRUNC = 0x20;
    static final int MSG_NOSIGNAL = 0x4000;
    static final int MSG_CMSG_CLOEXEC = 0x4000_0000;
    static final int NI_NUMERICHOST = 1;

    private static final CFunction SOCKET = named("socket");
    private static final CFunction SOCKETPAIR = named("socketpair");
    private static final CFunction SETSOCKOPT = named("setsockopt");
    private static final CFunction GETSOCKOPT = named("getsockopt");
    private static final CFunction BIND = named("bind");
    private static final CFunction LISTEN = named("listen");
    private static final CFunction GETSOCKNAME = named("getsockname");
    private static final CFunction GETPEERNAME = named("getpeername");
    private static final CFunction GETNAMEINFO = named("getnameinfo");
    private static final CFunction SENDMSG = named("sendmsg");
    private static final CFunction RECVMSG = named("recvmsg");
    private static final CFunction CHMOD = named("chmod");
    private static final CFunction CHOWN = named("chown");
    private static final CFunction UNLINK = named("unlink");
    private static final CFunction GETGRNAM = named("getgrnam");

    private SocketC() {}

    static int socket(int family, int type) {
        return SOCKET.toInt(family, type, 0);
    }

    static int socketpair(int type, int[] ends) {
        return SOCKETPAIR.toInt(AF_UNIX, type, 0, ends);
    }

    static int switchOn(int fd, int level, int option) {
        return SETSOCKOPT.toInt(fd, level, option, new int[] {1}, Integer.BYTES);
    }

    static int getsockopt(int fd, int option, int[] value) {
        return GETSOCKOPT.toInt(fd, SOL_SOCKET, option, value, new int[] {value.length * Integer.BYTES});
    }

    static int bind(int fd, byte[] address) {
        return BIND.toInt(fd, address, address.length);
    }

    static int listen(int fd, int backlog) {
        return LISTEN.toInt(fd, backlog);
    }

    static int getsockname(int fd, byte[] address, int[] length) {
        return GETSOCKNAME.toInt(fd, address, length);
    }

    static int getpeername(int fd, byte[] address, int[] length) {
        return GETPEERNAME.toInt(fd, address, length);
    }

    /** Writes the numeric address as text with a NUL behind it; returns 0 or an EAI code. */
    static int getnameinfo(byte[] address, byte[] host) {
        return GETNAMEINFO.toInt(address, address.length, host, host.length, null, 0, NI_NUMERICHOST);
    }

    static long sendmsg(int fd, Pointer message, int flags) {
        return SENDMSG.toLong(fd, message, flags);
    }

    static long recvmsg(int fd, Pointer message, int flags) {
        return RECVMSG.toLong(fd, message, flags);
    }

    static int chmod(byte[] path, int mode) {
        return CHMOD.toInt(path, mode);
    }

    /** The owner stays. */
    static int chgrp(byte[] path, int group) {
        return CHOWN.toInt(path, -1, group);
    }

    static int unlink(byte[] path) {
        return UNLINK.toInt((Object) path);
    }

    /** Finds a struct group, which is the C library's own and valid until the next call. */
    static @Nullable Pointer getgrnam(byte[] name) {
        return GETGRNAM.toPointer((Object) name);
    }
}
