package dev.postmaster.server;

import dev.postmaster.logpipe.LineSplitter;
import dev.postmaster.os.Fd;
import dev.postmaster.os.OsException;
import dev.postmaster.os.RawIo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The end of the way back from the syslogger: a thread of its own, "log-sink", that takes one JSON record a line and has
 * it published. It ends when nobody can write to the pipe any more.
 */
final class LogSink {
    private static final int READ = 64 << 10;

    /** Longer than any record that the syslogger puts together. */
    private static final int MAX_LINE = 16 << 20;

    private final RawIo io;
    private final Fd readEnd;
    private final Thread thread;
    private final LineSplitter lines;

    LogSink(RawIo io, Fd readEnd, Consumer<String> publisher) {
        this.io = io;
        this.readEnd = readEnd;
        this.lines = new LineSplitter(MAX_LINE, (line, partial) -> publish(publisher, line));
        this.thread = Thread.ofPlatform().name("log-sink").daemon().unstarted(this::readAll);
    }

    void start() {
        thread.start();
    }

    /** Waits for the last record, but not for ever: a console that nobody reads must not keep the process. */
    void awaitEnd(Duration limit) {
        try {
            thread.join(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One record that a handler of somebody else stumbles over must not be the last. */
    private static void publish(Consumer<String> publisher, String line) {
        try {
            publisher.accept(line);
        } catch (RuntimeException stumbled) {
            System.err.println(line);
        }
    }

    private void readAll() {
        byte[] bytes = new byte[READ];
        try (readEnd) {
            for (int length = io.read(readEnd, bytes); length > 0; length = io.read(readEnd, bytes)) {
                lines.feed(ByteBuffer.wrap(bytes, 0, length));
            }
        } catch (OsException e) {
            System.err.println("could not read log records from the syslogger: " + e.getMessage());
        }
    }
}
