package dev.postmaster.os;

/** What came of asking for a file in memory. */
public sealed interface MemfdResult {
    /** The file; the caller owns it. */
    record Created(Fd fd) implements MemfdResult {}

    /** The kernel has no such files, or not now: the caller falls back to a temporary file. */
    record Refused(Errno errno) implements MemfdResult {}
}
