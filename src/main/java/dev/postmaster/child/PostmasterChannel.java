package dev.postmaster.child;

import dev.postmaster.shmem.PmSignal;
import dev.postmaster.shmem.PmSignalFlags;

/** The way back to the postmaster: a flag in the shared segment, then SIGUSR1 (SG-27). */
public final class PostmasterChannel {
    private final PmSignalFlags flags;
    private final Runnable wakeUp;

    /** @param wakeUp sends SIGUSR1 to the postmaster */
    PostmasterChannel(PmSignalFlags flags, Runnable wakeUp) {
        this.flags = flags;
        this.wakeUp = wakeUp;
    }

    /** Tells the postmaster; equal messages that it has not read yet become one. */
    public void send(PmSignal signal) {
        flags.raise(signal);
        wakeUp.run();
    }
}
