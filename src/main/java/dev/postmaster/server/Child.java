package dev.postmaster.server;

import dev.postmaster.core.ChildKind;
import dev.postmaster.core.Sig;
import dev.postmaster.os.Pid;
import dev.postmaster.wire.CancelKey;
import org.jspecify.annotations.Nullable;

/**
 * A child that lives, or is not reaped yet.
 *
 * @param slot its slot in the shared segment, from 1
 * @param cancelKey what a client must show to cancel its statement; only a backend has one
 * @param stopSignal what a program of somebody else is told to go with; null for our own program
 */
record Child(
        Pid pid,
        ChildKind kind,
        int slot,
        @Nullable CancelKey cancelKey,
        @Nullable Sig stopSignal) {

    /** A child that runs our own program and goes by the signals of its kind. */
    static Child ofOurs(Pid pid, ChildKind kind, int slot, @Nullable CancelKey cancelKey) {
        return new Child(pid, kind, slot, cancelKey, null);
    }

    /** Whether it holds shared memory: a program of somebody else does not. */
    boolean isAttached() {
        return stopSignal == null;
    }
}
