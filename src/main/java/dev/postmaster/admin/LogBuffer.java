package dev.postmaster.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What one listener has not been sent yet of the log. It never makes the log wait: a record for which there is no room is
 * dropped and counted. One thread puts, one takes, any closes.
 */
final class LogBuffer implements Consumer<String> {
    private final int room;
    private List<String> records = new ArrayList<>();
    private int size;
    private long dropped;
    private boolean closed;

    /**
     * What has come since the last batch.
     *
     * @param dropped how many records came after these and had no room
     */
    record Batch(List<String> records, long dropped) {
        boolean isEmpty() {
            return records.isEmpty() && dropped == 0;
        }
    }

    /** @param room in characters */
    LogBuffer(int room) {
        this.room = room;
    }

    @Override
    public synchronized void accept(String record) {
        if (dropped > 0 || size + record.length() > room) {
            dropped++; // once one is missing, so are all that follow, until the listener has been told
        } else {
            records.add(record);
            size += record.length();
        }
        notifyAll();
    }

    /** Waits until there is something, but not longer than {@code patience}: then the batch is empty. */
    synchronized Batch take(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        long left = patience.toMillis();
        while (!closed && records.isEmpty() && dropped == 0 && left > 0) {
            wait(left);
            left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
        var batch = new Batch(records, dropped);
        records = new ArrayList<>();
        size = 0;
        dropped = 0;
        return batch;
    }

    /** The listener has left; whoever waits for records waits no more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
