package dev.postmaster.worker;

/** Why a wait ended. */
public enum Wake {
    /** The time is over. */
    TIMEOUT,
    /** Somebody sent SIGUSR1: the postmaster, because a worker that this one registered has started or ended. */
    WOKEN,
    /** The administrator had the configuration read again (SIGHUP). */
    RELOADED
}
