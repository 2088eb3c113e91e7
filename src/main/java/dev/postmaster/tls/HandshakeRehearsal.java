package dev.postmaster.tls;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A handshake with nobody: what a JVM loads for the first one is there when the first client comes. Both ends are ours, in
 * memory.
 */
final class HandshakeRehearsal {
    /** Far more than any handshake takes. */
    private static final int MOST_STEPS = 100;

    private final SSLEngine server;
    private final SSLEngine client;
    private final ByteBuffer toServer;
    private final ByteBuffer toClient;
    private final ByteBuffer read;

    HandshakeRehearsal(TlsContext tls) throws GeneralSecurityException {
        server = tls.context().createSSLEngine();
        server.setUseClientMode(false);
        server.setSSLParameters(tls.parameters());
        SSLContext anybody = SSLContext.getInstance("TLS");
        anybody.init(null, new TrustManager[] {new TrustOfOurselves()}, null);
        client = anybody.createSSLEngine();
        client.setUseClientMode(true);
        client.setSSLParameters(clientParameters(tls));
        int size = server.getSession().getPacketBufferSize();
        toServer = ByteBuffer.allocate(size);
        toClient = ByteBuffer.allocate(size);
        read = ByteBuffer.allocate(server.getSession().getApplicationBufferSize());
    }

    private static SSLParameters clientParameters(TlsContext tls) {
        var parameters = tls.parameters();
        parameters.setWantClientAuth(false);
        return parameters;
    }

    /** @throws SSLException if it fails, as it would with a client */
    void run() throws SSLException {
        client.beginHandshake();
        for (int step = 0; step < MOST_STEPS && !(isDone(client) && isDone(server)); step++) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
    }

    /** The version both ends have come to speak; empty if they have not come so far. */
    Optional<String> agreed() {
        return isDone(client) && isDone(server)
                ? Optional.of(server.getSession().getProtocol())
                : Optional.empty();
    }

    private static boolean isDone(SSLEngine engine) {
        return engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING
                && !engine.getSession().getProtocol().equals("NONE");
    }

    private void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> {
                in.flip();
                engine.unwrap(in, read);
                in.compact();
            }
        }
    }

    /** The only server it ever meets is the one beside it. */
    private static final class TrustOfOurselves implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException("no client is checked here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
