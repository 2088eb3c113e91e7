package dev.postmaster.logpipe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of what comes out of the pipe (LOG-11 to LOG-15, {@code process_pipe_input}). Chunks are put together by
 * their pid. What is no chunk passes as it is, so that whatever anybody writes is kept. Each payload byte and each
 * foreign byte is given to the receiver exactly once. Used by one thread.
 *
 * <p>Nothing is allocated for a record of one chunk: the syslogger is the one process that all others wait for.
 */
public final class ChunkAssembler {
    /** Gets what was put together; the buffers are valid during the call only, and theirs to empty. */
    public interface Receiver {
        /** A whole record. */
        void record(int pid, RecordForm form, ByteBuffer bytes);

        /** The beginning of a record whose end did not come: its sender died, or it is too long to be kept. */
        void fragment(int pid, ByteBuffer bytes);

        /** Bytes of somebody who does not speak the protocol. */
        void foreign(ByteBuffer bytes);
    }

    /** Bytes that may be read at once. */
    public static final int READ = 128 << 10;

    /** What one incomplete record may hold; a sender gone mad must not fill the memory. */
    static final int MAX_PARTIAL = 8 << 20;

    /** What all of them may cost together. */
    static final int MAX_PARTIALS = 64 << 20;

    /** Fewer bytes than these may still become a chunk (LOG-12). */
    private static final int SHORTEST_CHUNK = Chunk.HEADER + 1;

    private final Receiver receiver;

    /** Up to its position: what was read and is not digested yet. */
    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(READ + Chunk.MAX).order(ByteOrder.nativeOrder());

    /** What the receiver sees of it. */
    private final ByteBuffer window = buffer.duplicate();

    /** The oldest first. */
    private final Map<Integer, Partial> partials = new LinkedHashMap<>();

    /** What they cost. */
    private int partialBytes;

    public ChunkAssembler(Receiver receiver) {
        this.receiver = receiver;
    }

    /**
     * Where the bytes go that are read next: put them at the buffer's position and call {@link #digest}. There is room for
     * {@link #READ} of them.
     */
    public ByteBuffer space() {
        return buffer;
    }

    /** Gives away all that is whole. */
    public void digest() {
        int filled = buffer.position();
        int at = 0;
        while (filled - at >= SHORTEST_CHUNK) {
            int size = Chunk.sizeAt(buffer, at);
            if (size == 0) {
                int end = endOfForeign(at, filled);
                receiver.foreign(window(at, end));
                at = end;
            } else if (size <= filled - at) {
                chunk(at, at + size);
                at += size;
            } else {
                break;
            }
        }
        if (at > 0) {
            buffer.position(at).limit(filled);
            buffer.compact();
        }
    }

    /** Nobody will write any more: gives away all that was waiting for its rest (LOG-15). */
    public void end() {
        partials.forEach((pid, partial) -> receiver.fragment(pid, partial.bytes()));
        partials.clear();
        partialBytes = 0;
        if (buffer.position() > 0) {
            receiver.foreign(window(0, buffer.position()));
            buffer.clear();
        }
    }

    private ByteBuffer window(int from, int end) {
        return window.limit(end).position(from);
    }

    /** The next NUL may begin a chunk; the first byte has had its chance (LOG-14). */
    private int endOfForeign(int start, int filled) {
        int end = start + 1;
        while (end < filled && buffer.get(end) != 0) {
            end++;
        }
        return end;
    }

    private void chunk(int at, int end) {
        int pid = Chunk.pid(buffer, at);
        int flags = Chunk.flags(buffer, at);
        ByteBuffer payload = window(at + Chunk.HEADER, end);
        if ((flags & Chunk.LAST) == 0) {
            keep(pid, payload);
            return;
        }
        RecordForm form = RecordForm.ofFlags(flags);
        if (form == null) {
            throw new IllegalStateException("not a header");
        }
        Partial before = partials.isEmpty() ? null : takePartial(pid);
        if (before != null) {
            before.append(payload);
        }
        receiver.record(pid, form, before == null ? payload : before.bytes());
    }

    private @Nullable Partial takePartial(int pid) {
        Partial partial = partials.remove(pid);
        partialBytes -= partial == null ? 0 : partial.cost();
        return partial;
    }

    private void keep(int pid, ByteBuffer payload) {
        Partial known = partials.get(pid);
        Partial partial = known == null ? new Partial() : known;
        partialBytes -= known == null ? 0 : known.cost();
        partial.append(payload);
        partialBytes += partial.cost();
        partials.put(pid, partial);
        if (partial.size() > MAX_PARTIAL) {
            giveUp(pid);
        }
        while (partialBytes > MAX_PARTIALS) {
            giveUp(partials.keySet().iterator().next());
        }
    }

    private void giveUp(int pid) {
        Partial partial = takePartial(pid);
        if (partial != null) {
            receiver.fragment(pid, partial.bytes());
        }
    }
}
