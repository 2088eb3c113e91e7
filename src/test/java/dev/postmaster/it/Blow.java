package dev.postmaster.it;

import java.time.Duration;
import java.time.Instant;

/**
 * What was done in a step of chaos.
 *
 * @param what in words
 * @param kind of the victim; empty if no process was hit
 * @param victim its number, or 0
 * @param deadly whether the victim dies of it, and not in good order
 * @param pause how long it lasts
 * @param relief what ends it after that
 */
record Blow(String what, String kind, int victim, boolean deadly, Duration pause, Runnable relief, Instant at) {

    static Blow to(String kind, int victim, String what, boolean deadly, Instant at) {
        return new Blow(what + " to " + kind + " " + victim, kind, victim, deadly, Duration.ZERO, () -> {}, at);
    }

    static Blow toNobody(String what) {
        return new Blow(what, "", 0, false, Duration.ZERO, () -> {}, Instant.now());
    }

    /** The same, for a while. */
    Blow lasting(Duration length, Runnable end) {
        return new Blow(what, kind, victim, deadly, length, end, at);
    }
}
