package dev.postmaster.child.checkpointer;

import dev.postmaster.report.ReportException;
import dev.postmaster.store.CheckpointMode;
import dev.postmaster.store.CheckpointResult;
import dev.postmaster.store.DatabaseFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one checkpoint over all databases did.
 *
 * @param databases how many were gone through
 * @param logPages pages in their logs
 * @param movedPages how many of those are in the database files now
 * @param bytesBefore length of all logs before
 * @param bytesAfter length of all logs afterwards; 0 if no reader held one
 */
record Checkpoint(int databases, long logPages, long movedPages, long bytesBefore, long bytesAfter) {
    private static final Checkpoint NOTHING = new Checkpoint(0, 0, 0, 0, 0);

    /**
     * Moves the logs of all databases. One that fails does not keep the others from theirs.
     *
     * @throws ReportException the first failure, after all were tried
     */
    static Checkpoint of(List<DatabaseFile> databases) {
        Checkpoint sum = NOTHING;
        ReportException failure = null;
        for (DatabaseFile database : databases) {
            try {
                sum = sum.and(database);
            } catch (ReportException e) {
                failure = first(failure, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return sum;
    }

    private static ReportException first(@Nullable ReportException earlier, ReportException later) {
        if (earlier == null) {
            return later;
        }
        earlier.addSuppressed(later);
        return earlier;
    }

    private Checkpoint and(DatabaseFile database) {
        long before = database.walBytes();
        CheckpointResult result = move(database);
        return new Checkpoint(
                databases + 1,
                logPages + result.logFrames(),
                movedPages + result.movedFrames(),
                bytesBefore + before,
                bytesAfter + database.walBytes());
    }

    /**
     * Passively first, which holds up nobody however much there is to move. Cutting the log to nothing shuts writers out
     * while it waits for readers, so it comes when all is moved, and gives up soon.
     */
    private static CheckpointResult move(DatabaseFile database) {
        CheckpointResult moved = database.checkpoint(CheckpointMode.PASSIVE);
        if (moved.complete()) {
            database.checkpoint(CheckpointMode.TRUNCATE);
        }
        return moved;
    }

    /** The rest of the line "checkpoint complete". */
    String summary(long nanos) {
        return movedPages + " of " + logPages + " log pages are in " + databases + " databases; log "
                + kilobytes(bytesBefore) + " before, " + kilobytes(bytesAfter) + " after; total="
                + seconds(nanos) + " s";
    }

    private static String kilobytes(long bytes) {
        return (bytes + 1023) / 1024 + " kB";
    }

    /** With three decimals. */
    private static String seconds(long nanos) {
        long millis = nanos / 1_000_000;
        String decimals = Long.toString(1000 + millis % 1000).substring(1);
        return millis / 1000 + "." + decimals;
    }
}
