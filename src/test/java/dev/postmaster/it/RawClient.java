package dev.postmaster.it;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sees the messages themselves, of protocol 3.0, and only as many of them as it needs. */
final class RawClient implements AutoCloseable {
    private static final int PROTOCOL_3_0 = 196_608;
    private static final int CANCEL_REQUEST = 80_877_102;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private int backend;
    private byte[] cancelKey = {};

    /** Connects on the loopback address. */
    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) RunningPostmaster.PATIENCE.toMillis());
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** Introduces itself and waits until the server is ready for a query. */
    void begin(String user) throws IOException {
        byte[] settings = ("user\0" + user + "\0database\0postgres\0\0").getBytes(StandardCharsets.UTF_8);
        out.writeInt(2 * Integer.BYTES + settings.length);
        out.writeInt(PROTOCOL_3_0);
        out.write(settings);
        for (byte type = in.readByte(); type != 'Z'; type = in.readByte()) {
            byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
            if (type == 'K') {
                readKey(body);
            } else if (type == 'E') {
                throw new IOException(new String(body, StandardCharsets.UTF_8));
            }
        }
        in.readNBytes(in.readInt() - Integer.BYTES);
    }

    private void readKey(byte[] body) throws IOException {
        var key = new DataInputStream(new ByteArrayInputStream(body));
        backend = key.readInt();
        cancelKey = key.readAllBytes();
    }

    /** The process that serves it. */
    int backend() {
        return backend;
    }

    byte[] cancelKey() {
        return cancelKey.clone();
    }

    /** Asks for the end of what a backend is doing, and waits until that was heard. */
    static void cancel(int port, int backend, byte[] key) throws IOException {
        try (var request = new RawClient(port)) {
            request.out.writeInt(3 * Integer.BYTES + key.length);
            request.out.writeInt(CANCEL_REQUEST);
            request.out.writeInt(backend);
            request.out.write(key);
            if (request.in.read() >= 0) {
                throw new IOException("a cancel request has no answer");
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
