package dev.postmaster.child.backend;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;
import org.jspecify.annotations.Nullable;

/**
 * Two streams in the form of a socket, because the JDK speaks TLS only over that. There is no socket of its own below: one
 * that tried to use it would fail.
 */
final class StreamSocket extends Socket {
    private final InputStream in;
    private final OutputStream out;

    StreamSocket(InputStream in, OutputStream out) throws SocketException {
        super((SocketImpl) null); // nobody ever gets that far
        this.in = in;
        this.out = out;
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    /** Who is there is known before there is TLS, and is nobody's business in it. */
    @Override
    public @Nullable InetAddress getInetAddress() {
        return null;
    }

    @Override
    public int getSoTimeout() {
        return 0;
    }

    @Override
    public int getSoLinger() {
        return -1;
    }

    /** Descriptor 0 outlives the connection. */
    @Override
    public void shutdownInput() {}

    @Override
    public void shutdownOutput() {}

    @Override
    public void close() {}
}
