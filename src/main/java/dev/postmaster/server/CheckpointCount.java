package dev.postmaster.server;

import dev.postmaster.metrics.Meters;
import dev.postmaster.shmem.CheckpointRequests;
import dev.postmaster.shmem.SharedSegment;
import org.jspecify.annotations.Nullable;

/** Counts checkpoints by looking at what the checkpointer counts in shared memory, which begins anew with each segment. */
@OnLoop
final class CheckpointCount {
    /** More than there can be between two looks; whoever claims more has gone mad. */
    private static final int PLAUSIBLE = 1_000;

    private final Meters meters;
    private @Nullable SharedSegment seen;
    private long ended;
    private long failed;

    CheckpointCount(Meters meters) {
        this.meters = meters;
    }

    void look(SharedSegment segment) {
        if (segment != seen) {
            seen = segment;
            ended = 0;
            failed = 0;
        }
        CheckpointRequests requests = segment.checkpoints();
        long endedNow = requests.ended(); // first: a failure is counted before its end
        long failedNow = requests.failures();
        int failures = plausible(failedNow - failed);
        meters.checkpointed(Math.max(0, plausible(endedNow - ended) - failures), failures);
        ended = endedNow;
        failed = failedNow;
    }

    private static int plausible(long increase) {
        return increase < 0 || increase > PLAUSIBLE ? 0 : (int) increase;
    }
}
