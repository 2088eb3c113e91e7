package dev.postmaster.shmem;

/**
 * What a child can tell the postmaster by setting a flag and sending SIGUSR1. The order is PostgreSQL's (SG-28,
 * {@code pmsignal.h}) and is part of the segment's layout; the order in which the postmaster examines them is SG-27.
 */
public enum PmSignal {
    RECOVERY_STARTED,
    BEGIN_HOT_STANDBY,
    ROTATE_LOGFILE,
    START_AUTOVAC_LAUNCHER,
    START_AUTOVAC_WORKER,
    BACKGROUND_WORKER_CHANGE,
    START_WALRECEIVER,
    ADVANCE_STATE_MACHINE
}
