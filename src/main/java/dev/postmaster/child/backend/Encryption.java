package dev.postmaster.child.backend;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What a connection over TLS is like.
 *
 * @param protocol {@code TLSv1.3}
 * @param cipher its name in the registry of IANA
 * @param application what both want to speak (ALPN); empty if the client has not said
 * @param certificate the client's, issued by somebody we trust; empty if it has shown none
 * @param endPoint the data of channel binding {@code tls-server-end-point} (RFC 5929)
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, and never compared
record Encryption(
        String protocol, String cipher, String application, Optional<X509Certificate> certificate, byte[] endPoint) {
    private static final int STRONG = 256;
    private static final int GOOD = 128;

    Encryption {
        endPoint = endPoint.clone();
    }

    @Override
    public byte[] endPoint() {
        return endPoint.clone();
    }

    /** Length of the key that the data is encrypted with. */
    int bits() {
        return cipher.contains("_128_") ? GOOD : STRONG; // both AES and ChaCha20 have 256 otherwise
    }

    /** As PostgreSQL logs it. */
    String describe() {
        return "SSL enabled (protocol=" + protocol + ", cipher=" + cipher + ", bits=" + bits() + ")";
    }
}
