package dev.postmaster.shmem;

import dev.postmaster.core.WorkerStart;

/**
 * What somebody registered as a background worker (BW-1). Texts too long for a slot are cut when they are
 * written, as {@code snprintf} does in PostgreSQL.
 *
 * @param name shown by {@code ps} and pmctl, and in messages about this worker
 * @param type shown in the log; empty means the name
 * @param flags bits of {@link dev.postmaster.core.WorkerFlag}
 * @param start from when on it may run
 * @param restartSeconds how long after a failure it is started again; -1 for never
 * @param library where the function is: {@code postmaster}, or a jar
 * @param function what is run
 * @param argument handed to the function; stands in for {@code bgw_main_arg} and {@code bgw_extra}, and has room for
 *     {@value #ARGUMENT_BYTES} bytes
 * @param notifyPid the child that is told of its start and end by SIGUSR1; 0 for nobody
 */
public record WorkerRecord(
        String name,
        String type,
        int flags,
        WorkerStart start,
        long restartSeconds,
        String library,
        String function,
        String argument,
        int notifyPid) {
    /** Longest name, type and function in a slot, bytes of UTF-8 (BGW_MAXLEN less the terminating byte). */
    public static final int NAME_BYTES = 95;

    /** Longest library in a slot: a path, as in PostgreSQL 17. */
    public static final int LIBRARY_BYTES = 1023;

    /** Longest argument in a slot. */
    public static final int ARGUMENT_BYTES = 1000;

    public WorkerRecord {
        type = type.isEmpty() ? name : type;
    }

    /** The same for somebody else to be told, or for nobody with 0 (BW-11, BW-20). */
    public WorkerRecord notifying(int pid) {
        return new WorkerRecord(name, type, flags, start, restartSeconds, library, function, argument, pid);
    }
}
