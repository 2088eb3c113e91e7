package dev.postmaster.shmem;

/**
 * One consistent reading of a child's {@link SessionArea}.
 *
 * @param startedAtMicros start of the session, microseconds since 1970; 0 if not said
 * @param query the running or last statement, at most 1023 bytes
 * @param stateSinceMicros when {@code state} was entered, microseconds since 1970
 */
public record SessionView(
        SessionIdentity identity, long startedAtMicros, ActivityState state, String query, long stateSinceMicros) {}
