package dev.postmaster.server;

import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.Sig;
import java.nio.charset.StandardCharsets;

/** How a process ended, in PostgreSQL's words (LogChildExit; SG-37). */
final class ExitWords {
    /** PostgreSQL's track_activity_query_size, less the byte that ends a string of C. */
    private static final int MAX_STATEMENT = 1023;

    private ExitWords() {}

    static String of(String name, int pid, ExitStatus status) {
        return name + " (PID " + pid + ") " + outcome(status);
    }

    /** Without saying who. */
    static String outcome(ExitStatus status) {
        return switch (status) {
            case ExitStatus.Code(int code) -> "exited with exit code " + code;
            case ExitStatus.Killed(int signal) -> "was terminated by signal " + signal + ": " + description(signal);
        };
    }

    /**
     * A statement as a crashed process has left it, which nobody should trust: ASCII only, at most 1023 characters
     * (ascii_safe_strlcpy).
     */
    static String statement(String text) {
        // A char is at least one byte, so that a long text is not encoded as a whole.
        byte[] bytes = text.substring(0, Math.min(text.length(), MAX_STATEMENT)).getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, MAX_STATEMENT);
        for (int i = 0; i < length; i++) {
            bytes[i] = isHarmless(bytes[i]) ? bytes[i] : (byte) '?';
        }
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }

    private static boolean isHarmless(byte letter) {
        return (letter >= ' ' && letter <= '~') || letter == '\n' || letter == '\r' || letter == '\t';
    }

    private static String description(int signal) {
        return Sig.of(signal).map(Sig::description).orElse("Unknown signal " + signal);
    }
}
