package dev.postmaster.os;

/** What came of a launch. A refusal is an ordinary event, to be retried or reported by the caller. */
public sealed interface LaunchResult {
    /** The program runs; {@link Reaper} will tell its end. */
    record Launched(Pid pid) implements LaunchResult {}

    /** There is no child: no such program, no right to run it, no room for another process, no such directory. */
    record Refused(Errno errno) implements LaunchResult {}
}
