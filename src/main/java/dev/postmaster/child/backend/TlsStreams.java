package dev.postmaster.child.backend;

import dev.postmaster.tls.TlsContext;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** TLS over the client's blocking streams. Loaded only in a process whose client has asked for it. */
final class TlsStreams {
    private final SSLSocket socket;
    private final InputStream input;
    private final OutputStream output;
    private final Encryption encryption;

    private TlsStreams(SSLSocket socket, byte[] endPoint) throws IOException {
        this.socket = socket;
        this.input = socket.getInputStream();
        this.output = socket.getOutputStream();
        SSLSession session = socket.getSession();
        this.encryption = new Encryption(
                session.getProtocol(),
                session.getCipherSuite(),
                socket.getApplicationProtocol(),
                certificate(session),
                endPoint);
        session.invalidate(); // nobody resumes it: the next client is somebody else
    }

    /**
     * Shakes hands with a client.
     *
     * @throws IOException if that fails; the client has been sent an alert, if it can have one
     */
    static TlsStreams accept(TlsContext context, InputStream in, OutputStream out) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.context().getSocketFactory().createSocket(new StreamSocket(in, out), null, true);
        socket.setSSLParameters(context.parameters());
        socket.startHandshake();
        return new TlsStreams(socket, context.endPoint());
    }

    private static Optional<X509Certificate> certificate(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return Optional.of((X509Certificate) chain[0]);
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    /** What went wrong with a handshake, in PostgreSQL's words where it has any. */
    static String words(IOException failure) {
        if (failure instanceof EOFException || failure.getCause() instanceof EOFException) {
            return "EOF detected";
        }
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    InputStream input() {
        return input;
    }

    OutputStream output() {
        return output;
    }

    Encryption encryption() {
        return encryption;
    }

    /** Tells the client that nothing follows (close_notify), so that it knows nobody cut the end off. */
    void close() throws IOException {
        socket.shutdownOutput();
    }
}
