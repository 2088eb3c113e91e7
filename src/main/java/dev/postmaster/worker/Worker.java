package dev.postmaster.worker;

import dev.postmaster.core.WorkerCheck;
import dev.postmaster.core.WorkerFlag;
import dev.postmaster.core.WorkerStart;
import java.time.Duration;

/**
 * A worker to be registered: {@code Worker.of("sweeper", "tools.jar", "Sweeper").withArgument("tmp")}. Unless said
 * otherwise it starts when sessions may write, has no database, and is not started again when it fails.
 *
 * @param name of at most 95 bytes, and so are {@code type} and {@code function}
 * @param type what the log calls it; empty means the name
 * @param library a jar, absolute or relative to the data directory, of at most 1023 bytes; {@code postmaster} for a
 *     function that is shipped
 * @param function a class in the jar that implements {@link WorkerFunction}
 * @param argument of at most 1000 bytes
 * @param flags bits of {@link WorkerFlag}
 * @param start from when on it may run
 * @param restartSeconds how long after a failure it is started again; -1 for never
 */
public record Worker(
        String name,
        String type,
        String library,
        String function,
        String argument,
        int flags,
        WorkerStart start,
        long restartSeconds) {
    /** The library of the functions that come with the server. */
    public static final String SHIPPED = "postmaster";

    public static Worker of(String name, String library, String function) {
        return new Worker(
                name,
                "",
                library,
                function,
                "",
                WorkerFlag.SHARED_MEMORY.bit(),
                WorkerStart.RECOVERY_FINISHED,
                WorkerCheck.NEVER_RESTART);
    }

    public Worker withType(String text) {
        return new Worker(name, text, library, function, argument, flags, start, restartSeconds);
    }

    public Worker withArgument(String text) {
        return new Worker(name, type, library, function, text, flags, start, restartSeconds);
    }

    public Worker withDatabaseAccess() {
        return withFlags(flags | WorkerFlag.DATABASE_ACCESS.bit());
    }

    /** Counts it against {@code max_parallel_workers}; such a worker is never started again. */
    public Worker inParallelClass() {
        return withFlags(flags | WorkerFlag.PARALLEL.bit());
    }

    public Worker startingAt(WorkerStart moment) {
        return new Worker(name, type, library, function, argument, flags, moment, restartSeconds);
    }

    /** Starts it again so long after a failure, in whole seconds. */
    public Worker restartingAfter(Duration interval) {
        return new Worker(name, type, library, function, argument, flags, start, interval.toSeconds());
    }

    private Worker withFlags(int bits) {
        return new Worker(name, type, library, function, argument, bits, start, restartSeconds);
    }
}
