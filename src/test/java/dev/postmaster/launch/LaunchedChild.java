package dev.postmaster.launch;

import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.Sig;
import dev.postmaster.os.Fd;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pid;
import dev.postmaster.os.Reaped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A real child in a test: what it says on descriptors 1 and 2, and how it ends. */
public final class LaunchedChild implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Os os;
    private final Pid pid;
    private final Fd output;
    private final StringBuilder said = new StringBuilder();
    private boolean reaped;

    LaunchedChild(Os os, Pid pid, Fd output) {
        this.os = os;
        this.pid = pid;
        this.output = output;
    }

    public Pid pid() {
        return pid;
    }

    public void signal(Sig sig) {
        os.signals().send(pid, sig);
    }

    /** Waits until the child has said this; all it said so far. */
    public String awaitOutput(String expected) {
        while (said.indexOf(expected) < 0) {
            if (!readMore()) {
                throw new AssertionError("ended without saying \"" + expected + "\", but:\n" + said);
            }
        }
        return said.toString();
    }

    /** Waits for the end of the child; all it ever said. */
    public String outputToTheEnd() {
        while (readMore()) {
            Thread.onSpinWait();
        }
        return said.toString();
    }

    /** Waits for the end of the child. */
    public ExitStatus exitStatus() {
        outputToTheEnd();
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            Optional<Reaped> dead = os.reaper().next();
            if (dead.isPresent() && dead.get().pid().equals(pid)) {
                reaped = true;
                return dead.get().status();
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("still alive, after saying:\n" + said);
    }

    private boolean readMore() {
        if (!os.rawIo().awaitReadable(output, PATIENCE)) {
            throw new AssertionError("silent for " + PATIENCE + ", after saying:\n" + said);
        }
        byte[] bytes = new byte[4096];
        int length = os.rawIo().read(output, bytes);
        said.append(new String(bytes, 0, length, StandardCharsets.UTF_8));
        return length > 0;
    }

    @Override
    public void close() {
        if (!reaped) {
            signal(Sig.KILL);
            exitStatus();
        }
        output.close();
    }
}
