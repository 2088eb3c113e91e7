package dev.postmaster.core.worker;

/** What becomes of a worker that has ended. All but the first mean that its registration is forgotten. */
public enum Aftermath {
    /** It is started again when its time has come (BW-22). */
    RESTS,
    /** It has done what it was there for (BW-21). */
    DONE,
    /** Somebody had told it to go (BW-13). */
    STOPPED,
    /** It failed, and was to run once only. */
    NOT_AGAIN,
    /** It failed too often in too short a time. */
    GIVEN_UP
}
