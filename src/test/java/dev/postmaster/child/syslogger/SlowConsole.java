package dev.postmaster.child.syslogger;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A console that nobody reads until somebody does. */
final class SlowConsole extends OutputStream {
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch reading = new CountDownLatch(1);
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    void flow() {
        reading.countDown();
    }

    /** Until all but a little of what waited has come through. */
    synchronized void awaitQuiet() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (read.size() < ConsoleFeed.CAPACITY / 2 && System.nanoTime() < end) {
            wait(100);
        }
    }

    synchronized String text() {
        return read.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        try {
            reading.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            read.write(bytes, from, length);
            notifyAll();
        }
    }
}
