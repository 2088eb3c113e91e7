package dev.postmaster.core;

import java.util.Optional;

/** Whether a background worker may be registered at all (BW-5, {@code SanityCheckBackgroundWorker}). */
public final class WorkerCheck {
    /** A worker that is not started again (BGW_NEVER_RESTART). */
    public static final long NEVER_RESTART = -1;

    /** Used where nothing is said (BGW_DEFAULT_RESTART_INTERVAL), seconds. */
    public static final long DEFAULT_RESTART_SECONDS = 60;

    /** The longest interval (BW-4), seconds. */
    public static final long MAX_RESTART_SECONDS = 86_400_000;

    private WorkerCheck() {}

    /**
     * What is wrong, as the whole message of SQLSTATE 22023; empty if nothing is. The level is LOG for a worker of the
     * configuration, which then just does not exist, and ERROR for one that a child registers.
     *
     * @param flags bits of {@link WorkerFlag}
     * @param restartSeconds how long after a failure it is started again; {@link #NEVER_RESTART} for never
     */
    public static Optional<String> refusal(String name, int flags, WorkerStart start, long restartSeconds) {
        return complaint(flags, start, restartSeconds)
                .map(complaint -> "background worker \"" + name + "\": " + complaint);
    }

    private static Optional<String> complaint(int flags, WorkerStart start, long restartSeconds) {
        if (!WorkerFlag.SHARED_MEMORY.isIn(flags)) {
            return Optional.of("background workers without shared memory access are not supported");
        }
        if (WorkerFlag.DATABASE_ACCESS.isIn(flags) && start == WorkerStart.POSTMASTER_START) {
            return Optional.of("cannot request database access if starting at postmaster start");
        }
        if (!isValidInterval(restartSeconds)) {
            return Optional.of("invalid restart interval");
        }
        if (WorkerFlag.PARALLEL.isIn(flags) && restartSeconds != NEVER_RESTART) {
            return Optional.of("parallel workers may not be configured for restart");
        }
        return Optional.empty();
    }

    /** Whether it is {@link #NEVER_RESTART} or 0 to {@link #MAX_RESTART_SECONDS}. */
    public static boolean isValidInterval(long seconds) {
        return seconds >= NEVER_RESTART && seconds <= MAX_RESTART_SECONDS;
    }
}
