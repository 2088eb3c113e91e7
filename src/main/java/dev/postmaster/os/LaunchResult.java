package dev.postmaster.os;

/** What came of a launch. A refusal is an ordinary event, to be retried or reported by the caller. */
public sealed interface LaunchResult {
    /** The program runs; {@link Reaper} will tell its end. */
    record Launched(Pid pid) implements LaunchResult {}

    /**
     * There is no child: no such program, no right to run it, no room for another process, no such directory.
     *
     * @param errno as the kernel has it, or would
     * @param why for people, in a few words
     */
    record Refused(Errno errno, String why) implements LaunchResult {
        /** Refused by the kernel, which has no other words for it. */
        public Refused(Errno errno) {
            this(errno, errno.message());
        }
    }
}
