package dev.postmaster.launch;

import dev.postmaster.core.ChildKind;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a backend is told about its client.
 *
 * @param cancelKey the secret with which the client may cancel; 32 bytes, of which a client of protocol 3.0 gets the
 *     first four (LN-11)
 * @param acceptedAtMicros when the connection was accepted, microseconds since 1970
 * @param remoteHost the client's address, or {@code [local]} on a Unix socket
 * @param remotePort 0 on a Unix socket
 * @param firstBytes what was already read from the socket: the startup packet, and nothing that the client sent behind it
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, and compared by content
public record BackendStartup(
        byte[] cancelKey, long acceptedAtMicros, String remoteHost, int remotePort, byte[] firstBytes)
        implements StartupData {
    /** Length of a cancel key, bytes. */
    public static final int CANCEL_KEY_BYTES = 32;

    public BackendStartup {
        if (cancelKey.length != CANCEL_KEY_BYTES) {
            throw new IllegalArgumentException("cancel key of " + cancelKey.length + " bytes");
        }
        cancelKey = cancelKey.clone();
        firstBytes = firstBytes.clone();
    }

    /** As bytes, for a backend that lives already. */
    public byte[] toBytes() {
        return StartupDataCodec.encode(this);
    }

    /**
     * Reads what {@link #toBytes} made.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static BackendStartup of(byte[] bytes) {
        try {
            StartupData data = StartupDataCodec.decode(ChildKind.BACKEND, new BlockReader(ByteBuffer.wrap(bytes)));
            if (data instanceof BackendStartup client) {
                return client;
            }
            throw new IllegalArgumentException("nobody to serve");
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("too few bytes for a client", e);
        }
    }

    @Override
    public byte[] cancelKey() {
        return cancelKey.clone();
    }

    @Override
    public byte[] firstBytes() {
        return firstBytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BackendStartup that
                && Arrays.equals(cancelKey, that.cancelKey)
                && acceptedAtMicros == that.acceptedAtMicros
                && remoteHost.equals(that.remoteHost)
                && remotePort == that.remotePort
                && Arrays.equals(firstBytes, that.firstBytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(cancelKey) ^ Arrays.hashCode(firstBytes);
    }

    /** Shows neither the key nor the bytes: the startup packet names the user, and what follows may be a password. */
    @Override
    public String toString() {
        return "BackendStartup[" + remoteHost + ":" + remotePort + ", " + firstBytes.length + " bytes read]";
    }
}
