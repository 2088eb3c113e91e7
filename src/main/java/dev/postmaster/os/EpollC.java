package dev.postmaster.os;

import static dev.postmaster.os.CFunction.named;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Functions of the C library that wait for many descriptors, and their struct epoll_event. */
final class EpollC {
    static final int EPOLL_CLOEXEC = 0x80000;
    static final int EPOLL_CTL_ADD = 1;
    static final int EPOLL_CTL_DEL = 2;
    static final int EPOLLIN = 1;

    /** Packed on x86-64, and nowhere else: there the 64-bit integer comes right behind the 32-bit one. */
    private static final int DATA = System.getProperty("os.arch").equals("amd64") ? 4 : 8;

    static final int EVENT_SIZE = DATA + Long.BYTES;

    private static final CFunction EPOLL_CREATE1 = named("epoll_create1");
    private static final CFunction EPOLL_CTL = named("epoll_ctl");
    private static final CFunction EPOLL_WAIT = named("epoll_wait");

    private EpollC() {}

    static int create(int flags) {
        return EPOLL_CREATE1.toInt(flags);
    }

    static int control(int epoll, int operation, int fd, byte[] event) {
        return EPOLL_CTL.toInt(epoll, operation, fd, event);
    }

    /** {@code events} has room for {@code count} of them. */
    static int await(int epoll, byte[] events, int count, int timeoutMillis) {
        return EPOLL_WAIT.toInt(epoll, events, count, timeoutMillis);
    }

    static byte[] readable(long key) {
        byte[] event = new byte[EVENT_SIZE];
        ByteBuffer.wrap(event).order(ByteOrder.nativeOrder()).putInt(0, EPOLLIN).putLong(DATA, key);
        return event;
    }

    static long key(byte[] events, int index) {
        return ByteBuffer.wrap(events).order(ByteOrder.nativeOrder()).getLong(EVENT_SIZE * index + DATA);
    }
}
