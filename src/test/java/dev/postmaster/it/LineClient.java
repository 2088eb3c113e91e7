package dev.postmaster.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A client of any program that is served by a socket: sends lines, and reads lines. */
final class LineClient implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;

    /** Connects on the loopback address. */
    LineClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout((int) RunningPostmaster.PATIENCE.toMillis());
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a line and returns the next one that comes; null if the connection was closed. */
    @Nullable
    String ask(String line) {
        try {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            return lines.readLine();
        } catch (IOException reset) {
            return null;
        }
    }

    /** The next line that comes; null if the connection was closed. */
    @Nullable
    String hear() {
        try {
            return lines.readLine();
        } catch (IOException reset) {
            return null;
        }
    }

    int localPort() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
