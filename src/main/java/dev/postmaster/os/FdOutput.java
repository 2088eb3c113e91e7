package dev.postmaster.os;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A stream into a descriptor that Java has no stream for. Unbuffered; closing it closes the descriptor. */
public final class FdOutput extends OutputStream {
    private final RawIo io;
    private final Fd fd;

    public FdOutput(RawIo io, Fd fd) {
        this.io = io;
        this.fd = fd;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        boolean whole = from == 0 && length == bytes.length;
        try {
            io.writeFully(fd, whole ? bytes : Arrays.copyOfRange(bytes, from, from + length));
        } catch (OsException e) {
            throw new IOException(e.errno().message(), e);
        }
    }

    @Override
    public void close() {
        fd.close();
    }
}
