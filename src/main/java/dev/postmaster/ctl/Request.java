package dev.postmaster.ctl;

import dev.postmaster.core.ShutdownMode;
import dev.postmaster.core.Sig;
import dev.postmaster.report.Severity;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the arguments ask for.
 *
 * @param dataDirectory from {@code -D} or PGDATA; empty only for {@link Verb#KILL}
 * @param server how to start the postmaster
 * @param waits whether to wait for the outcome, {@code -w} or {@code -W}
 * @param timeout how long to wait, in seconds
 * @param silent whether to print errors only
 * @param mode how to shut down
 * @param kill whom to signal, for {@link Verb#KILL}
 * @param worker whom to start or stop, for the verbs that do
 * @param filter what to show, for {@link Verb#LOG}
 */
record Request(
        Verb verb,
        Optional<Path> dataDirectory,
        Server server,
        boolean waits,
        int timeout,
        boolean silent,
        ShutdownMode mode,
        Optional<KillTarget> kill,
        Optional<String> worker,
        LogFilter filter) {

    /**
     * How to start the postmaster.
     *
     * @param log file that takes its output, added to
     * @param options further options, a shell's words; empty if {@code -o} was not given
     * @param program the program, if it is not the one this tool came with
     * @param coreFiles whether to allow it to leave core files
     * @param allowRoot whether it, and this tool, may run as root
     */
    record Server(
            Optional<Path> log,
            Optional<String> options,
            Optional<String> program,
            boolean coreFiles,
            boolean allowRoot) {}

    /** A signal and the process that gets it; the number as it was given, which may be none of a process. */
    record KillTarget(Sig signal, long pid) {}

    /**
     * Which records of the log to show.
     *
     * @param follow whether to go on as the log grows
     * @param kind of the process, by the name that records carry: its backend type
     * @param level the least severity, from DEBUG to PANIC
     */
    record LogFilter(boolean follow, Optional<String> kind, Optional<Integer> pid, Optional<Severity> level) {
        /** Whether to show a record; what it does not tell is no reason to show it. */
        boolean passes(LogRecord found) {
            return (kind.isEmpty() || kind.equals(found.kind()))
                    && (pid.isEmpty() || pid.equals(found.pid()))
                    && (level.isEmpty()
                            || found.level()
                                    .filter(severity -> severity.compareTo(level.get()) >= 0)
                                    .isPresent());
        }
    }

    /** The data directory; every verb but {@link Verb#KILL} has one. */
    Path directory() {
        return dataDirectory.orElseThrow();
    }
}
