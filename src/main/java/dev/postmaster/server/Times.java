package dev.postmaster.server;

import java.time.Instant;

/** Time as children are told it. */
final class Times {
    private Times() {}

    /** Microseconds since 1970. */
    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
