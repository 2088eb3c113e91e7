package dev.postmaster.it;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that says what it likes, and hears what it is told. */
final class HostileClient implements AutoCloseable {
    private static final int PROTOCOL_3_0 = 196_608;

    private final Socket socket;
    private final DataInputStream in;

    /** Connects on the loopback address. */
    HostileClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) RunningPostmaster.PATIENCE.toMillis());
        in = new DataInputStream(socket.getInputStream());
    }

    /** As said, whether or not anybody listens any more. */
    HostileClient say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    HostileClient say(String text) throws IOException {
        return say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    HostileClient introduce(String user) throws IOException {
        return say(startup(user));
    }

    /** Reads until the server has sent a message of this type. */
    HostileClient await(char type) throws IOException {
        for (int said = in.read(); said != type; said = in.read()) {
            if (said < 0) {
                throw new EOFException("the server never said " + type);
            }
            in.readNBytes(in.readInt() - Integer.BYTES);
        }
        in.readNBytes(in.readInt() - Integer.BYTES);
        return this;
    }

    /** All that the server said before it closed the connection; nothing if it was reset. */
    String lastWords() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException reset) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] startup(String user) {
        byte[] settings = ("user\0" + user + "\0database\0postgres\0\0").getBytes(StandardCharsets.UTF_8);
        return bytes(out -> {
            out.writeInt(2 * Integer.BYTES + settings.length);
            out.writeInt(PROTOCOL_3_0);
            out.write(settings);
        });
    }

    /** A message whose length word says what it likes. */
    static byte[] message(char type, int length, byte... body) {
        return bytes(out -> {
            out.writeByte(type);
            out.writeInt(length);
            out.write(body);
        });
    }

    /** Writes something. */
    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    static byte[] bytes(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
