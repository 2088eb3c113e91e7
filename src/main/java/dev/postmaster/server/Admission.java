package dev.postmaster.server;

import dev.postmaster.metrics.Refusal;
import org.jspecify.annotations.Nullable;

/** What became of a client that the core admitted. */
enum Admission {
    /** A process has it. */
    SERVED(null),
    /** It went away before it could be served. */
    LEFT(null),
    /** The backend that waited did not take it: it is still the first in line. */
    NOT_TAKEN(null),
    /** Its address has as many sessions as it may. */
    OVER_SOURCE_LIMIT(Refusal.SOURCE_LIMIT),
    /** Its address comes too often. */
    OVER_SOURCE_RATE(Refusal.SOURCE_RATE),
    /** There was no process for it, and it was told so. */
    NOT_LAUNCHED(Refusal.LAUNCH);

    private final @Nullable Refusal refusal;

    Admission(@Nullable Refusal refusal) {
        this.refusal = refusal;
    }

    /** Why it was sent away after all; null if it was not. */
    @Nullable
    Refusal refusal() {
        return refusal;
    }
}
