package dev.postmaster.child.backend;

import dev.postmaster.tls.TlsContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes from and to the client: as they are, and from a handshake on through TLS. The session's thread reads and shakes
 * hands; whoever writes holds the lock of {@link Client}.
 */
final class ClientStreams {
    private final Surroundings.Peer peer;
    private volatile @Nullable TlsStreams tls;

    ClientStreams(Surroundings.Peer peer) {
        this.peer = peer;
    }

    InputStream input() {
        TlsStreams encrypted = tls;
        return encrypted == null ? peer.input() : encrypted.input();
    }

    OutputStream output() {
        TlsStreams encrypted = tls;
        return encrypted == null ? peer.output() : encrypted.output();
    }

    /**
     * Shakes hands with the client; what comes and goes afterwards is encrypted.
     *
     * @param seen what was read of the handshake already
     * @throws IOException if that fails
     */
    Encryption encrypt(TlsContext context, byte[] seen) throws IOException {
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(seen), peer.input());
        TlsStreams encrypted = TlsStreams.accept(context, whole, peer.output());
        tls = encrypted;
        return encrypted.encryption();
    }

    /** Empty on a connection without TLS. */
    Optional<Encryption> encryption() {
        TlsStreams encrypted = tls;
        return encrypted == null ? Optional.empty() : Optional.of(encrypted.encryption());
    }

    /** Says in TLS that nothing follows. The connection itself is closed by others. */
    void end() throws IOException {
        TlsStreams encrypted = tls;
        if (encrypted != null) {
            encrypted.close();
        }
    }
}
