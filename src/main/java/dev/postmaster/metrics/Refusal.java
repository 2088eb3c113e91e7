package dev.postmaster.metrics;

import dev.postmaster.core.CacState;

/** Why a client got no process: the label {@code reason}. */
public enum Refusal {
    STARTING_UP,
    NOT_CONSISTENT,
    NO_HOT_STANDBY,
    SHUTTING_DOWN,
    RECOVERING,
    TOO_MANY,
    /** {@code max_connections_per_source}. */
    SOURCE_LIMIT,
    /** {@code connection_rate_per_source}. */
    SOURCE_RATE,
    /** There was no process to be had. */
    LAUNCH,
    /** Others wanted to introduce themselves, and it had waited longest. */
    NO_SEAT,
    /** It did not introduce itself within {@code authentication_timeout}. */
    TIMEOUT,
    /** What it sent is no startup packet, or not one that anybody may send. */
    MALFORMED;

    /** Why the core refuses; what it admits is no refusal. */
    public static Refusal of(CacState verdict) {
        return switch (verdict) {
            case OK -> throw new IllegalArgumentException("admitted");
            case STARTUP -> STARTING_UP;
            case NOT_CONSISTENT -> NOT_CONSISTENT;
            case NOT_HOT_STANDBY -> NO_HOT_STANDBY;
            case SHUTDOWN -> SHUTTING_DOWN;
            case RECOVERY -> RECOVERING;
            case TOO_MANY -> TOO_MANY;
        };
    }
}
