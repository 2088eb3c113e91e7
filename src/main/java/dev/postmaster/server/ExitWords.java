package dev.postmaster.server;

import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.Sig;

/** How a process ended, in PostgreSQL's words (LogChildExit; SG-37). */
final class ExitWords {
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

    private static String description(int signal) {
        return Sig.of(signal).map(Sig::description).orElse("Unknown signal " + signal);
    }
}
