package dev.postmaster.server;

import dev.postmaster.launch.JvmSignals;
import dev.postmaster.launch.NativeImage;
import dev.postmaster.os.Errno;
import dev.postmaster.os.Os;
import dev.postmaster.os.SignalFds;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes sure that this JVM leaves the signals to us. A JVM has handlers of its own and threads that take any signal
 * before Java can say a word, so the only way is to start it with our signals blocked and with {@code -Xrs}. If it was
 * not, it blocks them and executes itself once more: the same process, the same arguments, 0.2 seconds dearer (N-3, N-4).
 */
final class ProcessImage {
    private static final String JAR = "-jar";
    private static final String ATTEMPT = "POSTMASTER_REEXECUTED";

    private final Os os;
    private final Map<String, String> environment;

    ProcessImage(Os os, Map<String, String> environment) {
        this.os = os;
        this.environment = environment;
    }

    /**
     * Returns if the signals are ours; otherwise this program starts over.
     *
     * @throws ReportException FATAL if it cannot
     */
    void ownSignals() {
        List<String> commandLine = commandLine();
        SignalFds signals = os.signalFds();
        if (signals.blocked().containsAll(JvmSignals.OF_POSTMASTER)
                && leavesSignalsAlone(commandLine)
                && environment.keySet().containsAll(JvmSignals.ENVIRONMENT.keySet())) {
            return;
        }
        if (environment.containsKey(ATTEMPT)) {
            throw fatal("could not block signals before the start of the JVM");
        }
        signals.block(JvmSignals.OF_POSTMASTER);
        if (!leavesSignalsAlone(commandLine)) {
            commandLine.add(1, JvmSignals.REDUCED);
        }
        Errno failure = os.thisProcess().execute(executable(), commandLine, environmentLines());
        throw fatal("could not execute \"" + executable() + "\": " + failure.message());
    }

    /** A native image has no handlers of its own, and no option against them. */
    private static boolean leavesSignalsAlone(List<String> commandLine) {
        return NativeImage.isRunning() || commandLine.contains(JvmSignals.REDUCED);
    }

    /** This process's arguments, argv[0] first. */
    static List<String> commandLine() {
        try {
            String bytes = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
            return new ArrayList<>(List.of(bytes.split("\0")));
        } catch (IOException e) {
            throw fatal("could not read \"/proc/self/cmdline\": " + e.getMessage());
        }
    }

    /** How many words of the command line are the program: the JVM, its options and the jar; the rest is ours. */
    static int programLength(List<String> commandLine) {
        return commandLine.contains(JAR) ? commandLine.indexOf(JAR) + 2 : 1;
    }

    /** Path of the program that this process runs. */
    static String executable() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/exe")).toString();
        } catch (IOException e) {
            throw fatal("could not locate my own executable path");
        }
    }

    private List<String> environmentLines() {
        var all = new TreeMap<>(environment);
        all.putAll(JvmSignals.ENVIRONMENT);
        all.put(ATTEMPT, "1");
        return all.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    private static ReportException fatal(String message) {
        return new ReportException(Report.of(Severity.FATAL, message));
    }
}
