package dev.postmaster.worker;

/** A background worker's work. The class needs a public constructor without parameters; one object is made of it. */
@FunctionalInterface
public interface WorkerFunction {
    /**
     * Does the work, on the main thread of a process that exists for nothing else.
     *
     * <p>Returning ends the worker for good, with exit status 0. Anything thrown is logged and ends it with status 1, to
     * be started again after its restart interval. A worker that was told to stop ends with status 1 either way, as in
     * PostgreSQL: whoever wants it gone for good says so where it was registered.
     *
     * @param context what the worker may use; good for this thread and this call
     */
    void run(WorkerContext context) throws Exception;
}
