package dev.postmaster.core;

/** What became of a dead child's slot in shared memory (PM-60). */
public enum SlotFate {
    /** It was given back before the end, or its kind has none to give. */
    GIVEN_BACK,
    /** The child died with it: nobody knows what else it left behind. */
    ABANDONED,
    /** The child was no program of ours and never attached to shared memory: its end concerns nobody else. */
    NEVER_ATTACHED
}
