package dev.postmaster.server;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What Java calls standard error. Log handlers hold on to it from the start, so it must not end in the log pipe when
 * descriptor 2 does: what they print would come back to them without end.
 */
final class Console extends OutputStream {
    private volatile OutputStream target = new FileOutputStream(FileDescriptor.err);

    private Console() {}

    /** Puts a new one behind {@code System.err}; to be called before anything looks at that. */
    static Console install() {
        Console console = new Console();
        System.setErr(new PrintStream(console, true, StandardCharsets.UTF_8));
        return console;
    }

    /** From now on everything goes there. Any thread. */
    void moveTo(OutputStream other) {
        target = other;
    }

    @Override
    public void write(int b) throws IOException {
        target.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        target.write(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }
}
