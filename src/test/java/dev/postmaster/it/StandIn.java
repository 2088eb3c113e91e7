package dev.postmaster.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** A process that stands in for a server and ignores every signal that can be ignored. */
final class StandIn implements AutoCloseable {
    private final Process process;

    private StandIn(Process process) {
        this.process = process;
    }

    static StandIn start() {
        try {
            Process process = new ProcessBuilder(
                            "bash", "-c", "trap '' HUP INT QUIT TERM USR1 USR2; echo ready; exec sleep 600")
                    .start();
            process.inputReader().readLine();
            return new StandIn(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    int awaitExit() {
        try {
            if (!process.waitFor(RunningPostmaster.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("still running");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitExit();
    }
}
