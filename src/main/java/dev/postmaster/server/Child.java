package dev.postmaster.server;

import dev.postmaster.core.ChildKind;
import dev.postmaster.core.Sig;
import dev.postmaster.os.Pid;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A child that lives, or is not reaped yet.
 *
 * @param slot its slot in the shared segment, from 1
 * @param name what the log calls it
 * @param manners how to deal with a program of somebody else; null for our own program
 */
record Child(
        Pid pid,
        ChildKind kind,
        int slot,
        String name,
        @Nullable Manners manners) {

    /**
     * What a program of somebody else understands. It never gets any other signal but SIGKILL: ours mean nothing to it, and
     * most of them would end it.
     *
     * @param stop tells it to end
     * @param patience how long it may take to, before SIGKILL; zero leaves that to the shutdown
     * @param reload tells it that the settings were read again
     */
    record Manners(Sig stop, Duration patience, Optional<Sig> reload) {}

    /** A child that runs our own program and goes by the signals of its kind. */
    static Child ofOurs(Pid pid, ChildKind kind, int slot) {
        return new Child(pid, kind, slot, kind.exitName(), null);
    }

    /** A program of somebody else. */
    static Child stranger(Pid pid, ChildKind kind, int slot, Manners manners) {
        return new Child(pid, kind, slot, kind.exitName(), manners);
    }

    Child called(String newName) {
        return new Child(pid, kind, slot, newName, manners);
    }

    /** The name of a background worker of this type (bgw_type): there may be many, and people tell them apart. */
    static String workerName(String type) {
        return ChildKind.BGWORKER.exitName() + " \"" + type + "\"";
    }

    /** Whether it runs our own program. */
    boolean isOurs() {
        return manners == null;
    }

    /** Whether it holds shared memory: a program of somebody else does not. */
    boolean isAttached() {
        return isOurs() && kind.attachesSharedMemory();
    }
}
