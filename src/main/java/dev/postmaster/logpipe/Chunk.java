package dev.postmaster.logpipe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The layout of a chunk (LOG-9). Numbers are in the order of this machine: the pipe never leaves it.
 *
 * <pre>
 * 0  2  two NULs
 * 2  2  length of the payload, 1 .. 4087
 * 4  4  pid of the sender
 * 8  1  flags: 0x01 last chunk of its record, and one bit for the form
 * 9     payload
 * </pre>
 */
final class Chunk {
    static final int HEADER = 9;

    /** PIPE_BUF of Linux: what one write puts into a pipe in one piece. */
    static final int MAX = 4096;

    static final int MAX_PAYLOAD = MAX - HEADER;
    static final int LAST = 0x01;

    private static final int LENGTH_AT = 2;
    private static final int PID_AT = 4;
    private static final int FLAGS_AT = 8;

    private Chunk() {}

    /** A view in the order of this machine. */
    static ByteBuffer view(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    static void putHeader(ByteBuffer chunk, int length, int pid, int flags) {
        chunk.putShort(0, (short) 0);
        chunk.putShort(LENGTH_AT, (short) length);
        chunk.putInt(PID_AT, pid);
        chunk.put(FLAGS_AT, (byte) flags);
    }

    /**
     * Bytes of the chunk whose header stands here, with it (LOG-11).
     *
     * @param bytes at least {@link #HEADER} of them from there on
     * @return 0 if this is no header
     */
    static int sizeAt(ByteBuffer bytes, int at) {
        if (bytes.getShort(at) != 0) {
            return 0;
        }
        int length = Short.toUnsignedInt(bytes.getShort(at + LENGTH_AT));
        boolean valid = length >= 1
                && length <= MAX_PAYLOAD
                && pid(bytes, at) != 0
                && RecordForm.ofFlags(flags(bytes, at)) != null;
        return valid ? HEADER + length : 0;
    }

    static int pid(ByteBuffer bytes, int at) {
        return bytes.getInt(at + PID_AT);
    }

    static int flags(ByteBuffer bytes, int at) {
        return bytes.get(at + FLAGS_AT);
    }
}
