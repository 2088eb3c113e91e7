package dev.postmaster.wire;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The secret a client must show to have its session's statement cancelled: 4 bytes up to protocol 3.1, 32 bytes from 3.2
 * on; a cancel request may carry 1 to 256 (LN-11).
 *
 * <p>It is compared in constant time and never printed.
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record CancelKey(byte[] bytes) {
    /** How many bytes of secret a session owns; older clients are given the first {@value #SHORT_LENGTH} only. */
    public static final int FULL_LENGTH = 32;

    private static final int SHORT_LENGTH = 4;
    private static final int MAX_LENGTH = 256;

    /** Copies {@code bytes}. */
    public CancelKey {
        if (bytes.length < 1 || bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a cancel key has 1 to 256 bytes, not " + bytes.length);
        }
        bytes = bytes.clone();
    }

    /** A copy of the secret. */
    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** What a client that speaks {@code version} is given of this key, and all that it can show again. */
    public CancelKey asGivenTo(ProtocolVersion version) {
        return version.hasLongCancelKeys() ? this : new CancelKey(Arrays.copyOf(bytes, SHORT_LENGTH));
    }

    /** Compares in a time that does not depend on where the keys differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof CancelKey that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "CancelKey[" + bytes.length + " bytes]";
    }
}
