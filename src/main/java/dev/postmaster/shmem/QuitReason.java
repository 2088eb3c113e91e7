package dev.postmaster.shmem;

/**
 * Why the postmaster sent SIGQUIT, for the last words of a backend (SG-12). Set before the signal wave; a new segment
 * starts with {@link #NOT_SENT} (SG-31).
 */
public enum QuitReason {
    NOT_SENT,
    CRASH,
    STOP
}
