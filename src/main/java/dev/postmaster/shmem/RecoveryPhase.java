package dev.postmaster.shmem;

/** How far the startup process is. */
public enum RecoveryPhase {
    NOT_STARTED,
    /** Reading the control file, deciding what has to be done. */
    DECIDING,
    /** Opening databases so that each recovers its log. */
    RECOVERING,
    FINISHED
}
