package dev.postmaster.child.backend;

import dev.postmaster.wire.BackendEncoder;
import dev.postmaster.wire.BackendMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * The way to the client. Messages gather until {@link #flush}. The session's thread sends; {@link #say} is for a thread
 * that ends the session in its place.
 */
final class Client {
    private static final long NOT_WRITING = Long.MIN_VALUE;

    private final ClientStreams streams;
    private final BackendEncoder encoder;
    /** Held while a piece of the stream is written, which always ends with a whole message. */
    private final Object writing = new Object();
    /** When the write that is under way began, as of {@link System#nanoTime}. */
    private volatile long writingSince = NOT_WRITING;

    Client(ClientStreams streams) {
        this.streams = streams;
        this.encoder = new BackendEncoder(new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                write(new byte[] {(byte) single}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                writeAll(bytes, from, length);
            }
        });
    }

    void send(BackendMessage message) throws IOException {
        encoder.send(message);
    }

    void flush() throws IOException {
        encoder.flush();
    }

    /** Nothing follows. A client that has left need not be told. */
    void end() {
        try {
            streams.end();
        } catch (IOException gone) {
            return;
        }
    }

    private void writeAll(byte[] bytes, int from, int length) throws IOException {
        synchronized (writing) {
            writingSince = System.nanoTime();
            try {
                streams.output().write(bytes, from, length);
            } finally {
                writingSince = NOT_WRITING;
            }
        }
    }

    /** Any thread: whether a write is under way that began so long ago; then the client is not reading. */
    boolean hasBeenWritingFor(Duration time) {
        long since = writingSince;
        return since != NOT_WRITING && System.nanoTime() - since >= time.toNanos();
    }

    /**
     * Any thread, as the last thing this client hears: sends {@code message}, past everything that has gathered but never
     * into the middle of another one. Waits for {@code patience} at most.
     */
    void say(BackendMessage message, Duration patience) {
        byte[] bytes = BackendEncoder.encode(message);
        Thread writer = Thread.ofPlatform().name("last-words").daemon().start(() -> {
            try {
                writeAll(bytes, 0, bytes.length);
                streams.end();
            } catch (IOException gone) {
                return; // a client that has left needs no goodbye
            }
        });
        try {
            writer.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
