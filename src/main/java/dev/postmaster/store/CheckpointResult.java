package dev.postmaster.store;

/**
 * What a checkpoint did.
 *
 * @param busy whether a reader or writer kept it from finishing
 * @param logFrames frames (pages) in the log
 * @param movedFrames frames of the log that are in the database file now, including earlier checkpoints' work
 */
public record CheckpointResult(boolean busy, int logFrames, int movedFrames) {

    /** Whether the whole log is in the database file. */
    public boolean complete() {
        return !busy && logFrames == movedFrames;
    }
}
