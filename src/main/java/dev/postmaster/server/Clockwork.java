package dev.postmaster.server;

import dev.postmaster.core.PmEvent;
import java.time.Duration;
import java.time.InstantSource;

/** What time it is, and what is to happen when; everything happens on the loop. */
interface Clockwork extends InstantSource {
    /** Posts this event after the delay; a timer that runs for it already starts anew. */
    void set(PmEvent.TimeIsUp event, Duration delay);

    /** The event is not posted any more. */
    void cancel(PmEvent.TimeIsUp event);

    /** Runs {@code duty} once. */
    void once(Duration delay, Runnable duty);
}
