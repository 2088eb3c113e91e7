package dev.postmaster.logpipe;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes records of what comes out of the pipe (LOG-11 to LOG-15, {@code process_pipe_input}). Chunks are put together by
 * their pid. What is no chunk passes as it is, so that whatever anybody writes is kept. Each payload byte and each
 * foreign byte is given to the receiver exactly once. Used by one thread.
 */
public final class ChunkAssembler {
    /** Gets what was put together; the buffers are valid during the call only. */
    public interface Receiver {
        /** A whole record. */
        void record(int pid, RecordForm form, ByteBuffer bytes);

        /** The beginning of a record whose end did not come: its sender died, or it is too long to be kept. */
        void fragment(int pid, ByteBuffer bytes);

        /** Bytes of somebody who does not speak the protocol. */
        void foreign(ByteBuffer bytes);
    }

    /** What one incomplete record, and all of them together, may hold; a sender gone mad must not fill the memory. */
    static final int MAX_PARTIAL = 8 << 20;

    static final int MAX_PARTIALS = 64 << 20;

    /** Fewer bytes than these may still become a chunk (LOG-12). */
    private static final int SHORTEST_CHUNK = Chunk.HEADER + 1;

    private final Receiver receiver;
    private final byte[] buffer = new byte[16 * Chunk.MAX];
    private final ByteBuffer view = Chunk.view(buffer);
    private final Map<Integer, ByteArrayOutputStream> partials = new LinkedHashMap<>();
    private int partialBytes;
    private int filled;

    public ChunkAssembler(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Takes the first {@code length} bytes, as they were read. */
    public void feed(byte[] bytes, int length) {
        for (int at = 0; at < length; ) {
            int part = Math.min(length - at, buffer.length - filled);
            System.arraycopy(bytes, at, buffer, filled, part);
            filled += part;
            at += part;
            digest();
        }
    }

    /** Nobody will write any more: gives away all that was waiting for its rest (LOG-15). */
    public void end() {
        partials.forEach((pid, bytes) -> receiver.fragment(pid, ByteBuffer.wrap(bytes.toByteArray())));
        partials.clear();
        partialBytes = 0;
        if (filled > 0) {
            receiver.foreign(view.slice(0, filled));
            filled = 0;
        }
    }

    private void digest() {
        int at = 0;
        while (filled - at >= SHORTEST_CHUNK) {
            if (!Chunk.isHeader(view, at)) {
                int end = endOfForeign(at);
                receiver.foreign(view.slice(at, end - at));
                at = end;
                continue;
            }
            int end = at + Chunk.HEADER + Chunk.length(view, at);
            if (end > filled) {
                break;
            }
            chunk(at, end);
            at = end;
        }
        System.arraycopy(buffer, at, buffer, 0, filled - at);
        filled -= at;
    }

    /** The next NUL may begin a chunk; the first byte has had its chance (LOG-14). */
    private int endOfForeign(int start) {
        int end = start + 1;
        while (end < filled && buffer[end] != 0) {
            end++;
        }
        return end;
    }

    private void chunk(int at, int end) {
        int pid = Chunk.pid(view, at);
        int flags = Chunk.flags(view, at);
        int payload = at + Chunk.HEADER;
        RecordForm form = RecordForm.ofFlags(flags);
        if (form == null) {
            throw new IllegalStateException("not a header");
        }
        if ((flags & Chunk.LAST) == 0) {
            keep(pid, payload, end - payload);
            return;
        }
        ByteArrayOutputStream before = partials.remove(pid);
        if (before == null) {
            receiver.record(pid, form, view.slice(payload, end - payload));
        } else {
            partialBytes -= before.size();
            before.write(buffer, payload, end - payload);
            receiver.record(pid, form, ByteBuffer.wrap(before.toByteArray()));
        }
    }

    private void keep(int pid, int payload, int length) {
        ByteArrayOutputStream partial =
                partials.computeIfAbsent(pid, unknown -> new ByteArrayOutputStream(2 * Chunk.MAX));
        partial.write(buffer, payload, length);
        partialBytes += length;
        if (partial.size() > MAX_PARTIAL || partialBytes > MAX_PARTIALS) {
            partials.remove(pid);
            partialBytes -= partial.size();
            receiver.fragment(pid, ByteBuffer.wrap(partial.toByteArray()));
        }
    }
}
