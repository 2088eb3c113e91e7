package dev.postmaster.launch;

import dev.postmaster.core.Sig;
import dev.postmaster.os.Pid;
import dev.postmaster.os.SignalSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** How a JVM is started so that it leaves the signals to us (N-3, N-4). {@code bin/run} does the same. */
public final class JvmSignals {
    /** What the postmaster reads from a descriptor, and must therefore find blocked. */
    public static final SignalSet OF_POSTMASTER =
            SignalSet.of(Sig.HUP, Sig.INT, Sig.QUIT, Sig.TERM, Sig.USR1, Sig.USR2, Sig.CHLD);

    /** The option by which a JVM installs no handlers of its own. */
    public static final String REDUCED = "-Xrs";

    /** A JVM suspends its threads by SIGUSR2 unless told otherwise; 60 is a real-time signal that nobody uses. */
    public static final Map<String, String> ENVIRONMENT = Map.of("_JAVA_SR_SIGNUM", "60");

    private static final String DOOR = ".java_pid";

    private JvmSignals() {}

    /**
     * Removes the socket by which tools attach to a JVM. One that does not wait for SIGQUIT makes it at once, in {@code /tmp}
     * whatever the temporary directory, and leaves it there when it does not end by itself.
     */
    static void removeDoor(Pid dead) {
        try {
            Files.deleteIfExists(Path.of("/tmp", DOOR + dead));
        } catch (IOException notOurs) {
            return; // of a JVM in another container that shares the directory
        }
    }
}
