package dev.postmaster.launch;

import dev.postmaster.core.Sig;
import dev.postmaster.os.SignalSet;
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

    private JvmSignals() {}
}
