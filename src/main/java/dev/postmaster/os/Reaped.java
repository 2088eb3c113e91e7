package dev.postmaster.os;

import dev.postmaster.core.ExitStatus;
import java.time.Duration;

/** A dead process whose pid the kernel may now give to another one. */
public sealed interface Reaped {
    Pid pid();

    ExitStatus status();

    /** A process that this one launched. */
    record Child(Pid pid, ExitStatus status) implements Reaped {}

    /**
     * A process that somebody else launched and left behind; it came to us because we are process 1 or a subreaper.
     *
     * @param command its name as {@code ps} shows it, at most 15 bytes; empty if {@code /proc} does not tell
     * @param age from its start to its reaping, in steps of 10 ms; zero if {@code /proc} does not tell
     */
    record Orphan(Pid pid, ExitStatus status, String command, Duration age) implements Reaped {}
}
