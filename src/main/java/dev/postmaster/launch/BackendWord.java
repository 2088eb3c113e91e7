package dev.postmaster.launch;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** What a backend says to the postmaster, each in one message on the way on which its clients come. */
@SuppressWarnings("ArrayRecordComponent") // bytes pass through once
public sealed interface BackendWord {
    /** The longest key that a cancel request may show, in bytes. */
    int LONGEST_KEY = 256;

    /** The longest message, in bytes. */
    int MAX_BYTES = 1 + Integer.BYTES + LONGEST_KEY;

    /**
     * It waits for a client.
     *
     * @param served so many it has served
     */
    record Waits(int served) implements BackendWord {}

    /** Its client, which spoke TLS, asks to cancel what the session {@code pid} does, and shows this key. */
    record Cancels(int pid, byte[] key) implements BackendWord {
        public Cancels {
            if (key.length == 0 || key.length > LONGEST_KEY) {
                throw new IllegalArgumentException("a cancel key of " + key.length + " bytes");
            }
        }
    }

    /** Its client, which speaks TLS, has asked for this version of the protocol: how long its own cancel key is. */
    record Speaks(int major, int minor) implements BackendWord {}

    /** As bytes. */
    default byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
        switch (this) {
            case Waits(int served) -> bytes.put((byte) 'w').putInt(served);
            case Cancels(int pid, byte[] key) ->
                bytes.put((byte) 'c').putInt(pid).put(key);
            case Speaks(int major, int minor) ->
                bytes.put((byte) 's').putInt(major).putInt(minor);
        }
        byte[] message = new byte[bytes.position()];
        bytes.flip().get(message);
        return message;
    }

    /**
     * Reads what {@link #toBytes} made.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static BackendWord of(byte[] message) {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        try {
            return switch (bytes.get()) {
                case 'w' -> new Waits(bytes.getInt());
                case 'c' -> new Cancels(bytes.getInt(), rest(bytes));
                case 's' -> new Speaks(bytes.getInt(), bytes.getInt());
                default -> throw new IllegalArgumentException("a backend says nothing of that kind");
            };
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("too few bytes", e);
        }
    }

    private static byte[] rest(ByteBuffer bytes) {
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return rest;
    }
}
