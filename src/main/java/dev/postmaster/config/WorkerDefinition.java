package dev.postmaster.config;

import dev.postmaster.core.Sig;
import dev.postmaster.core.WorkerStart;
import dev.postmaster.core.worker.RestartTerms;
import dev.postmaster.report.Report;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A background worker as the settings define it (BW-1).
 *
 * @param type what the log calls it
 * @param autostart whether it is registered at the start, and not only when somebody asks for it
 */
public record WorkerDefinition(
        String name, String type, boolean autostart, WorkerStart start, RestartTerms restart, Work work) {

    /** What keeps it from being registered, for the log; empty if it is in order (BW-5). */
    public Optional<Report> problem() {
        return WorkerChecks.problem(this);
    }

    /** What a worker runs. */
    public sealed interface Work {}

    /**
     * A Java function, in a child of our own that is attached to shared memory.
     *
     * @param library {@code postmaster} for the shipped ones, or a jar file
     * @param function the name of a shipped one, or a class
     */
    public record Function(String library, String function, String argument, boolean databaseAccess) implements Work {}

    /**
     * Any program. It holds no shared memory, so that its end concerns nobody else.
     *
     * @param argv program and arguments
     * @param function must be empty: a worker runs one thing, and nobody can tell which of the two is meant
     * @param environment lines {@code NAME=value}
     * @param directory empty for the data directory
     * @param user empty for that of the postmaster
     * @param limits as {@code nofile=1024}
     */
    public record Command(
            List<String> argv,
            String function,
            List<String> environment,
            String directory,
            String user,
            List<String> limits,
            Stop stop,
            Optional<HealthCheck> health)
            implements Work {}

    /**
     * How a program is told things.
     *
     * @param signal tells it to end
     * @param timeout how long it may take to, before SIGKILL; zero leaves that to the shutdown
     * @param reload tells it that the settings were read again
     */
    public record Stop(Sig signal, Duration timeout, Optional<Sig> reload) {}

    /**
     * How a program is looked after.
     *
     * @param argv its exit status 0 means that the worker is well
     * @param timeout how long a check may take
     * @param retries how many may fail in a row
     */
    public record HealthCheck(List<String> argv, Duration interval, Duration timeout, int retries) {}
}
