package dev.postmaster.store.type;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;

/**
 * The largest value, line or message that a session takes, which is refused by its announced size: what is too large
 * for the heap must not be tried. The counterpart of MaxAllocSize (memutils.h), which is a gigabyte.
 */
public final class SizeLimit {
    /** A value exists this many times over while it is read, understood, stored or sent. */
    private static final int COPIES = 16;

    private static final int MAX_ALLOC_SIZE = 0x3fffffff;

    private static final int BYTES = (int) Math.min(Runtime.getRuntime().maxMemory() / COPIES, MAX_ALLOC_SIZE);

    private SizeLimit() {}

    /** In bytes. */
    public static int bytes() {
        return BYTES;
    }

    /**
     * Refuses what would be too large, in bytes or characters.
     *
     * @throws ReportException ERROR 54000
     */
    public static void require(long size) {
        if (size > BYTES) {
            throw SqlError.of(SqlState.PROGRAM_LIMIT_EXCEEDED, "requested length too large");
        }
    }
}
