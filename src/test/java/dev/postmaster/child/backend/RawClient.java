package dev.postmaster.child.backend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A client that says exactly what a test wants, and shows messages as short texts. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** Connects as alice and reads up to the first ReadyForQuery. */
    static RawClient ready(int port) throws IOException {
        RawClient client = new RawClient(port);
        client.startup(3 << 16, "user", "alice", "database", "shop");
        client.untilReady();
        return client;
    }

    void startup(int version, String... namesAndValues) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String text : namesAndValues) {
            body.writeBytes((text + "\0").getBytes(UTF_8));
        }
        body.write(0);
        out.writeInt(8 + body.size());
        out.writeInt(version);
        out.write(body.toByteArray());
        out.flush();
    }

    void bytes(int... bytes) throws IOException {
        for (int single : bytes) {
            out.write(single);
        }
        out.flush();
    }

    void query(String sql) throws IOException {
        send('Q', (sql + "\0").getBytes(UTF_8));
    }

    /** {@code body}: characters of Latin-1, one byte each, so that a test can write lengths as escapes. */
    void send(char type, String body) throws IOException {
        send(type, body.getBytes(ISO_8859_1));
    }

    private void send(char type, byte[] body) throws IOException {
        out.write(type);
        out.writeInt(4 + body.length);
        out.write(body);
        out.flush();
    }

    int readByte() throws IOException {
        return in.read();
    }

    /** The next message: type, blank, body with bars for NUL bytes; empty at the end of the stream. */
    String read() throws IOException {
        int type = in.read();
        if (type < 0) {
            return "";
        }
        byte[] body = in.readNBytes(in.readInt() - 4);
        return (char) type + " " + new String(body, UTF_8).replace('\0', '|');
    }

    List<String> untilReady() throws IOException {
        List<String> messages = new ArrayList<>();
        String message;
        do {
            message = read();
            messages.add(message);
        } while (!message.startsWith("Z") && !message.isEmpty());
        return messages;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
