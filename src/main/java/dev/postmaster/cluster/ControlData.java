package dev.postmaster.cluster;

import java.time.Instant;

/**
 * What the control file holds. Times are whole microseconds.
 *
 * @param systemIdentifier drawn when the cluster was created; ties archives and standbys to it
 * @param modified when the file was written last
 * @param checkpoint when the last checkpoint was complete
 */
public record ControlData(long systemIdentifier, ClusterState state, Instant modified, Instant checkpoint) {

    public ControlData withState(ClusterState next, Instant now) {
        return new ControlData(systemIdentifier, next, now, checkpoint);
    }

    /** After a checkpoint that was complete at {@code now}. */
    public ControlData withCheckpoint(Instant now) {
        return new ControlData(systemIdentifier, state, now, now);
    }
}
