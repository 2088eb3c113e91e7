package dev.postmaster.os;

import static dev.postmaster.os.CFunction.named;

/** Functions of the C library on descriptors. */
final class FileC {
    static final int O_WRONLY = 1;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    static final int O_APPEND = 0x400;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final int F_GETFD = 1;
    static final int F_SETFD = 2;
    static final int F_GETFL = 3;
    static final int F_SETFL = 4;
    static final int F_DUPFD_CLOEXEC = 1030;
    static final int F_SETPIPE_SZ = 1031;
    static final int F_GETPIPE_SZ = 1032;
    static final int F_ADD_SEALS = 1033;
    static final int FD_CLOEXEC = 1;
    static final int F_SEAL_SEAL = 1;
    static final int F_SEAL_SHRINK = 2;
    static final int F_SEAL_GROW = 4;
    static final int F_SEAL_WRITE = 8;
    static final int MFD_CLOEXEC = 1;
    static final int MFD_ALLOW_SEALING = 2;
    static final long FIONREAD = 0x541B;
    static final short POLLIN = 1;

    private static final CFunction OPEN = named("open");
    private static final CFunction FCHMOD = named("fchmod");
    private static final CFunction CLOSE = named("close");
    private static final CFunction PIPE2 = named("pipe2");
    private static final CFunction FCNTL = named("fcntl");
    private static final CFunction IOCTL = named("ioctl");
    private static final CFunction DUP2 = named("dup2");
    private static final CFunction READ = named("read");
    private static final CFunction WRITE = named("write");
    private static final CFunction PWRITE = named("pwrite");
    private static final CFunction POLL = named("poll");
    private static final CFunction FTRUNCATE = named("ftruncate");
    private static final CFunction MEMFD_CREATE = named("memfd_create");

    private FileC() {}

    static int open(byte[] path, int flags) {
        return OPEN.toInt(path, flags);
    }

    /** With O_CREAT. */
    static int open(byte[] path, int flags, int mode) {
        return OPEN.toInt(path, flags, mode);
    }

    static int fchmod(int fd, int mode) {
        return FCHMOD.toInt(fd, mode);
    }

    static int close(int fd) {
        return CLOSE.toInt(fd);
    }

    static int pipe2(int[] ends, int flags) {
        return PIPE2.toInt(ends, flags);
    }

    static int fcntl(int fd, int command, int argument) {
        return FCNTL.toInt(fd, command, argument);
    }

    static int ioctl(int fd, long request, int[] result) {
        return IOCTL.toInt(fd, request, result);
    }

    static int dup2(int from, int to) {
        return DUP2.toInt(from, to);
    }

    static long read(int fd, byte[] buffer, long size) {
        return READ.toLong(fd, buffer, size);
    }

    static long write(int fd, byte[] bytes, long size) {
        return WRITE.toLong(fd, bytes, size);
    }

    static long pwrite(int fd, byte[] bytes, long size, long offset) {
        return PWRITE.toLong(fd, bytes, size, offset);
    }

    /** Waits for events; {@code entries} are struct pollfd one after the other, 8 bytes each. */
    static int poll(byte[] entries, long count, int timeoutMillis) {
        return POLL.toInt(entries, count, timeoutMillis);
    }

    static int ftruncate(int fd, long size) {
        return FTRUNCATE.toInt(fd, size);
    }

    static int memfdCreate(byte[] name, int flags) {
        return MEMFD_CREATE.toInt(name, flags);
    }
}
