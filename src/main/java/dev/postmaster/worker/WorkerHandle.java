package dev.postmaster.worker;

/** One registration of a worker, for the worker that registered it. A later worker in the same slot is another one. */
public interface WorkerHandle {
    WorkerStatus status();

    /**
     * Waits until the worker runs or never will.
     *
     * @return {@link WorkerStatus.Started} or {@link WorkerStatus.Stopped}
     * @throws InterruptedException when the waiting worker is told to stop
     */
    WorkerStatus awaitStart() throws InterruptedException;

    /**
     * Waits until the worker has stopped; for one that is to be started again, until it did so for the first time.
     *
     * @throws InterruptedException when the waiting worker is told to stop
     */
    void awaitStop() throws InterruptedException;

    /** Has the postmaster stop the worker and forget it; returns at once, and may be called at any time (BW-13). */
    void terminate();
}
