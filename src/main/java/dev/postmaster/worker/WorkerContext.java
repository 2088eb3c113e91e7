package dev.postmaster.worker;

import dev.postmaster.report.Log;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What a background worker may use. Only its main thread does. */
public interface WorkerContext {
    /** The name it was registered under. */
    String name();

    /** What its registration says; empty if nothing. */
    String argument();

    /** The jar it came from, as its registration says: for a worker that registers another one of the same jar. */
    String library();

    /** The server's log, where lines of this worker bear its type. */
    Log log();

    /** The data directory, which is also the working directory of this process. */
    Path dataDirectory();

    /**
     * Waits until something happens, at most so long. What happened before the call ends it at once; several reasons may
     * come as one, so look at everything you wait for.
     *
     * @throws InterruptedException when the worker is told to stop, now or earlier: let it pass
     */
    Wake await(Duration timeout) throws InterruptedException;

    /** Whether the worker was told to stop: for work that neither waits nor runs SQL for long. */
    boolean isToldToStop();

    /**
     * Opens a database: this one and no other, once (BW-17).
     *
     * @throws dev.postmaster.report.ReportException FATAL 54000 if the registration does not ask for database access, 3D000
     *     if there is no such database
     */
    Database database(String name);

    /**
     * Registers another worker, which the postmaster will start as soon as it may run. This worker is woken when that one
     * starts and when it ends.
     *
     * @return nothing if all {@code max_worker_processes} slots are taken, or {@code max_parallel_workers} for a worker of
     *     that class: try again later, or do the work yourself
     * @throws dev.postmaster.report.ReportException ERROR 22023 if such a worker cannot be (BW-5)
     */
    Optional<WorkerHandle> register(Worker worker);
}
