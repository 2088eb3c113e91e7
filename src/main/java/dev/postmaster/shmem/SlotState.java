package dev.postmaster.shmem;

/**
 * Where a child slot is in its life (PM-60). The postmaster moves it from {@code UNUSED} to {@code ASSIGNED} and from
 * anything to {@code UNUSED}; the child owns every step between.
 */
public enum SlotState {
    /** No child. */
    UNUSED,
    /** Given to a child that has not yet touched shared state, or has finished with it. */
    ASSIGNED,
    /** In use by its child. */
    ACTIVE,
    /** In use by a backend that streams the log; never goes back to {@code ACTIVE}. */
    WALSENDER
}
