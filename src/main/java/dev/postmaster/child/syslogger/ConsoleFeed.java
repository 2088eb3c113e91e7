package dev.postmaster.child.syslogger;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Returns records to the postmaster, which shows them on its console. The files come first: whoever reads the console too
 * slowly loses what does not fit into the queue, and is told how much that was.
 */
final class ConsoleFeed {
    /** Bytes that may wait. */
    static final int CAPACITY = 8 << 20;

    private final OutputStream sink;
    private final Deque<byte[]> queue = new ArrayDeque<>();
    private int queued;
    private long dropped;
    private boolean ended;

    /** @param sink blocks while nobody reads; each record is one write */
    ConsoleFeed(OutputStream sink) {
        this.sink = sink;
    }

    void start() {
        Thread.ofPlatform().name("console-feed").daemon().start(this::send);
    }

    /** Takes a record if there is room. */
    synchronized void offer(byte[] record) {
        if (ended || queued + record.length > CAPACITY) {
            dropped++;
        } else {
            queue.add(record);
            queued += record.length;
            notifyAll();
        }
    }

    /** How many records were dropped since this was last asked; 0 as long as the queue is too full to tell anybody. */
    synchronized long takeDropped() {
        if (queued > CAPACITY / 2) {
            return 0;
        }
        long count = dropped;
        dropped = 0;
        return count;
    }

    /** Waits until all is sent, or nobody reads any more. */
    synchronized void awaitSent() throws InterruptedException {
        while (queued > 0 && !ended) {
            wait();
        }
    }

    /** Sends what is left, and nothing after that. */
    synchronized void end() throws InterruptedException {
        awaitSent();
        ended = true;
        notifyAll();
    }

    private void send() {
        try {
            for (byte[] next = next(); next.length > 0; next = next()) {
                sink.write(next);
                sent(next.length);
            }
        } catch (IOException postmasterIsGone) {
            discard();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            discard();
        }
    }

    /** Empty at the end. */
    private synchronized byte[] next() throws InterruptedException {
        while (queue.isEmpty() && !ended) {
            wait();
        }
        byte[] first = queue.poll();
        return first == null ? new byte[0] : first;
    }

    private synchronized void sent(int length) {
        queued -= length;
        notifyAll();
    }

    private synchronized void discard() {
        ended = true;
        queue.clear();
        queued = 0;
        notifyAll();
    }
}
