import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A session of the user postgres in the database postgres, by hand: next to nothing of the measured time is the client's. */
final class PgSession implements AutoCloseable {
    private static final int PROTOCOL_3_0 = 196608;
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket;
    private final DataInputStream in;
    private int pid;

    /** Connects to the loopback address and sends the startup packet; nothing is read yet. */
    PgSession(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        new DataOutputStream(body).writeInt(PROTOCOL_3_0);
        body.writeBytes("user\0postgres\0database\0postgres\0\0".getBytes(StandardCharsets.US_ASCII));
        send(null, body.toByteArray());
    }

    /** Waits until something comes, and leaves it there. */
    void awaitFirstByte() throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            throw new IOException("the server hung up");
        }
        in.reset();
    }

    /** Reads up to and with ReadyForQuery. */
    void awaitReady() throws IOException {
        while (true) {
            char type = (char) in.readByte();
            byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
            switch (type) {
                case 'E' -> throw new IOException(new String(body, StandardCharsets.UTF_8).replace('\0', ' '));
                case 'K' -> pid = ByteBuffer.wrap(body).getInt();
                case 'Z' -> {
                    return;
                }
                default -> {}
            }
        }
    }

    /** Has a query answered. */
    void query(String sql) throws IOException {
        send('Q', (sql + "\0").getBytes(StandardCharsets.UTF_8));
        awaitReady();
    }

    /** The process that serves the session, once it is ready. */
    int pid() {
        return pid;
    }

    /** Says goodbye and hangs up. */
    @Override
    public void close() throws IOException {
        send('X', new byte[0]);
        socket.close();
    }

    private void send(Character type, byte[] body) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(message);
        if (type != null) {
            out.writeByte(type);
        }
        out.writeInt(Integer.BYTES + body.length);
        out.write(body);
        socket.getOutputStream().write(message.toByteArray());
    }
}
