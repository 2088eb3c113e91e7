package dev.postmaster.core;

/** From when on a background worker may run (BW-3). */
public enum WorkerStart {
    /** As soon as the postmaster launches children at all. */
    POSTMASTER_START(PmState.INIT),
    /** When read-only sessions are served. */
    CONSISTENT_STATE(PmState.HOT_STANDBY),
    /** When sessions may write. */
    RECOVERY_FINISHED(PmState.RUN);

    private final PmState earliest;

    WorkerStart(PmState earliest) {
        this.earliest = earliest;
    }

    /** Whether such a worker is to be started in this phase; never on the way down. */
    public boolean isDue(PmState state) {
        return !state.isBefore(earliest) && !state.isStopping();
    }
}
