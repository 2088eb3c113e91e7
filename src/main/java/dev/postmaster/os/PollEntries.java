package dev.postmaster.os;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An array of struct pollfd, every entry waiting for something to read. */
final class PollEntries {
    private static final int SIZE = 8;
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;

    private final ByteBuffer entries;

    PollEntries(int... descriptors) {
        entries = ByteBuffer.allocate(SIZE * descriptors.length).order(ByteOrder.nativeOrder());
        for (int i = 0; i < descriptors.length; i++) {
            entries.putInt(SIZE * i, descriptors[i]).putShort(SIZE * i + EVENTS, FileC.POLLIN);
        }
    }

    /**
     * Blocks until one is readable, at its end or broken, or the time is over.
     *
     * @return false if the time was over, or a signal came
     */
    boolean await(int timeoutMillis) {
        int ready = FileC.poll(entries.array(), entries.capacity() / SIZE, timeoutMillis);
        return !Calls.failedWith(ready, Errno.EINTR) && Calls.check("poll", ready) > 0;
    }

    /** Whether the last wait found the descriptor at this index ready. */
    boolean isReady(int index) {
        return entries.getShort(SIZE * index + REVENTS) != 0;
    }
}
