package dev.postmaster.admin;

import dev.postmaster.server.LogTap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/**
 * Sends the log to one listener as server-sent events, from now on until it leaves. A virtual thread of its own, "log-stream",
 * waits for the listener to take what it is sent; meanwhile the {@link LogBuffer} fills, and what it drops is told.
 */
final class LogStream implements Runnable {
    static final String TYPE = "text/event-stream";

    /** In characters: some hundred records. A listener costs some five times as much while it is served. */
    private static final int ROOM = 1 << 18;

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final LogTap tap;
    private final LogFilter filter;
    private final HttpServerResponse response;
    private final LogBuffer buffer = new LogBuffer(ROOM);

    private LogStream(LogTap tap, LogFilter filter, HttpServerResponse response) {
        this.tap = tap;
        this.filter = filter;
        this.response = response;
    }

    /**
     * Begins to send.
     *
     * @param response whose head is complete
     * @throws Refusal 503 if there are too many listeners
     */
    static void begin(LogTap tap, LogFilter filter, HttpServerResponse response) {
        var stream = new LogStream(tap, filter, response);
        if (!tap.join(stream.buffer)) {
            throw new Refusal(Problem.of(
                    503, LogTap.MOST_LISTENERS + " others listen to the log", "try again when one of them has left"));
        }
        response.closeHandler(gone -> stream.buffer.close());
        Thread.ofVirtual().name("log-stream").start(stream);
    }

    @Override
    public void run() {
        try {
            send(": the log from now on\n\n");
            for (var batch = buffer.take(KEEP_ALIVE); !buffer.isClosed(); batch = buffer.take(KEEP_ALIVE)) {
                send(batch.isEmpty() ? ":\n\n" : events(batch, filter));
            }
        } catch (CompletionException | IllegalStateException | InterruptedException gone) {
            response.reset(); // nobody reads it any more
        } finally {
            tap.leave(buffer);
        }
    }

    /** Returns when the kernel has it: until then the listener has not read what it was sent before. */
    private void send(String events) {
        if (!events.isEmpty()) {
            response.write(events).toCompletionStage().toCompletableFuture().join();
        }
    }

    static String events(LogBuffer.Batch batch, LogFilter filter) {
        var events = new StringBuilder();
        for (String line : batch.records()) {
            JsonObject record = parse(line);
            if (filter.passes(record)) {
                events.append("data: ").append(record.encode()).append("\n\n");
            }
        }
        if (batch.dropped() > 0) {
            String count = new JsonObject().put("dropped", batch.dropped()).encode();
            events.append("event: dropped\ndata: ").append(count).append("\n\n");
        }
        return events.toString();
    }

    /** What is no record of ours is still a message. */
    private static JsonObject parse(String line) {
        try {
            return new JsonObject(line);
        } catch (DecodeException notOurs) {
            return new JsonObject().put("message", line);
        }
    }
}
