package dev.postmaster.worker;

/**
 * Where a registered worker is (BW-12). PostgreSQL has a fourth answer, that the postmaster died: nobody could hear it
 * here, because a worker ends together with its postmaster, also while it waits.
 */
public sealed interface WorkerStatus {
    /** Its process has not been started yet. */
    record NotYetStarted() implements WorkerStatus {}

    /** Its process runs. */
    record Started(int pid) implements WorkerStatus {}

    /** It ended, for good or until its restart; or it was given up before it ever started. */
    record Stopped() implements WorkerStatus {}
}
