package dev.postmaster.it;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client of protocol 3.0 that asks for TLS, or begins with it, and believes whatever certificate it is shown. */
final class TlsClient implements AutoCloseable {
    private static final int PROTOCOL_3_0 = 196_608;
    private static final int SSL_REQUEST = 80_877_103;
    private static final int CANCEL_REQUEST = 80_877_102;

    private final Socket plain;
    private final SSLSocket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private byte[] key = {};

    private TlsClient(Socket plain, SSLSocket socket) throws IOException {
        this.plain = plain;
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    /** As libpq does it: asks first. */
    static TlsClient negotiate(int port, String... protocols) throws IOException {
        Socket plain = connect(port);
        ask(plain);
        int answer = plain.getInputStream().read();
        if (answer != 'S') {
            throw new IOException("no TLS, but " + answer);
        }
        return over(plain, new String[0], protocols);
    }

    /** Begins with TLS, and says in it that it wants to speak these. */
    static TlsClient direct(int port, String... applications) throws IOException {
        return over(connect(port), applications);
    }

    static Socket connect(int port) throws IOException {
        var plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.setSoTimeout((int) RunningPostmaster.PATIENCE.toMillis());
        return plain;
    }

    /** Sends an SSLRequest. */
    static void ask(Socket plain) throws IOException {
        plain.getOutputStream()
                .write(ByteBuffer.allocate(2 * Integer.BYTES)
                        .putInt(2 * Integer.BYTES)
                        .putInt(SSL_REQUEST)
                        .array());
    }

    private static TlsClient over(Socket plain, String[] applications, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(plain, "localhost", 0, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(applications);
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new TlsClient(plain, socket);
    }

    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Introduces itself and waits until the server is ready for a query. */
    void begin(String user) throws IOException {
        byte[] settings = ("user\0" + user + "\0database\0postgres\0\0").getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(2 * Integer.BYTES + settings.length)
                .putInt(2 * Integer.BYTES + settings.length)
                .putInt(PROTOCOL_3_0)
                .put(settings)
                .array());
        for (byte type = in.readByte(); type != 'Z'; type = in.readByte()) {
            byte[] body = body();
            if (type == 'K') {
                key = body;
            } else if (type == 'E') {
                throw new IOException(new String(body, StandardCharsets.UTF_8));
            }
        }
        body();
    }

    /** Sends the beginning of a packet, and leaves. */
    void leaveWithinAPacket() throws IOException {
        out.write(new byte[] {0, 0, 0, 9, 0, 3});
        close();
    }

    /** Sends a query and waits for nothing. */
    void send(String sql) throws IOException {
        byte[] text = (sql + "\0").getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(1 + Integer.BYTES + text.length)
                .put((byte) 'Q')
                .putInt(Integer.BYTES + text.length)
                .put(text)
                .array());
    }

    /** Sends a query and returns all that comes back until the server is ready again, as text. */
    String ask(String sql) throws IOException {
        send(sql);
        return answer();
    }

    String answer() throws IOException {
        var answer = new StringBuilder();
        for (byte type = in.readByte(); type != 'Z'; type = in.readByte()) {
            answer.append((char) type).append(new String(body(), StandardCharsets.UTF_8));
        }
        body();
        return answer.toString();
    }

    /** Asks, as the first thing it says, to cancel what that other client waits for. */
    void cancel(TlsClient other) throws IOException {
        out.write(ByteBuffer.allocate(2 * Integer.BYTES + other.key.length)
                .putInt(2 * Integer.BYTES + other.key.length)
                .putInt(CANCEL_REQUEST)
                .put(other.key)
                .array());
    }

    private byte[] body() throws IOException {
        return in.readNBytes(in.readInt() - Integer.BYTES);
    }

    /** Whether the server closes the connection, as TLS wants it or not, without saying anything more. */
    boolean isClosedByServer() {
        try {
            return in.read() < 0;
        } catch (EOFException closed) {
            return true;
        } catch (IOException reset) {
            return true;
        }
    }

    X509Certificate serverCertificate() throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    String protocol() {
        return socket.getSession().getProtocol();
    }

    /** Wants new keys in the middle of a connection of TLS 1.2. */
    void renegotiate() throws IOException {
        socket.startHandshake();
    }

    /** Goes without a goodbye in TLS. */
    void cutOff() throws IOException {
        plain.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
