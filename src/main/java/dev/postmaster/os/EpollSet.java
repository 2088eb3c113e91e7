package dev.postmaster.os;

import static dev.postmaster.os.Calls.check;
import static dev.postmaster.os.Calls.failedWith;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An epoll instance, and in it an eventfd that ends the wait. */
final class EpollSet implements ReadySet {
    private static final int AT_ONCE = 256;
    private static final long WAKE = -1;

    private final Fd epoll;
    private final Fd wake;

    EpollSet() {
        epoll = PosixFds.own(check("epoll_create1", EpollC.create(EpollC.EPOLL_CLOEXEC)));
        try {
            wake = PosixFds.own(check("eventfd", SignalC.eventfd(0, SignalC.EFD_CLOEXEC | SignalC.EFD_NONBLOCK)));
            control(EpollC.EPOLL_CTL_ADD, wake, WAKE);
        } catch (OsException e) {
            epoll.close();
            throw e;
        }
    }

    @Override
    public void add(Fd fd, long key) {
        if (key < 0) {
            throw new IllegalArgumentException("negative key " + key);
        }
        control(EpollC.EPOLL_CTL_ADD, fd, key);
    }

    @Override
    public void remove(Fd fd) {
        control(EpollC.EPOLL_CTL_DEL, fd, 0);
    }

    private void control(int operation, Fd fd, long key) {
        check("epoll_ctl", EpollC.control(epoll.number(), operation, fd.number(), EpollC.readable(key)));
    }

    @Override
    public List<Long> await(Duration timeout) {
        byte[] events = new byte[AT_ONCE * EpollC.EVENT_SIZE];
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            long left = timeout.isNegative() ? -1 : Math.max(0, (deadline - System.nanoTime()) / 1_000_000);
            int ready = EpollC.await(epoll.number(), events, AT_ONCE, (int) Math.min(left, Integer.MAX_VALUE));
            if (!failedWith(ready, Errno.EINTR)) {
                return keys(events, check("epoll_wait", ready));
            }
        }
    }

    private List<Long> keys(byte[] events, int count) {
        List<Long> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long key = EpollC.key(events, i);
            if (key == WAKE) {
                FileC.read(wake.number(), new byte[Long.BYTES], Long.BYTES);
            } else {
                keys.add(key);
            }
        }
        return keys;
    }

    @Override
    public void wake() {
        byte[] one = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(0, 1)
                .array();
        check("write", (int) FileC.write(wake.number(), one, one.length));
    }

    @Override
    public void close() {
        try (epoll) {
            wake.close();
        }
    }
}
