package dev.postmaster.logpipe;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Sends records of one process through the pipe (LOG-10, {@code write_pipe_chunks}). A chunk is one write, so that those
 * of different processes never mix; the chunks of one record follow each other under a lock, because the other side puts
 * them together by nothing but the pid.
 */
public final class ChunkWriter implements RecordOutput {
    private final OutputStream pipe;
    private final int pid;
    private final byte[] chunk = new byte[Chunk.MAX];
    private final ByteBuffer header = Chunk.view(chunk);

    /** @param pipe unbuffered: passes on each array it is given by one write(2) */
    public ChunkWriter(OutputStream pipe, int pid) {
        this.pipe = pipe;
        this.pid = pid;
    }

    /** Blocks while the pipe is full. A pipe that nobody reads is not this process's business: no error shows. */
    @Override
    public synchronized void write(RecordForm form, byte[] record) {
        try {
            for (int at = 0; at < record.length; at += Chunk.MAX_PAYLOAD) {
                int length = Math.min(Chunk.MAX_PAYLOAD, record.length - at);
                boolean last = at + length == record.length;
                Chunk.putHeader(header, length, pid, form.flag() | (last ? Chunk.LAST : 0));
                System.arraycopy(record, at, chunk, Chunk.HEADER, length);
                pipe.write(chunk, 0, Chunk.HEADER + length);
            }
        } catch (IOException nobodyReads) {
            return;
        }
    }
}
