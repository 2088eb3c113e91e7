package dev.postmaster.os;

import dev.postmaster.core.Sig;
import java.util.Optional;

/**
 * A signal that came.
 *
 * @param number the signal; the real-time ones have no {@link Sig}
 * @param senderPid who sent it; 0 for the kernel, and for a process outside our pid namespace
 */
public record SignalInfo(int number, int senderPid) {
    /** The signal by name; empty if {@link Sig} has none for it. */
    public Optional<Sig> sig() {
        return Sig.of(number);
    }
}
