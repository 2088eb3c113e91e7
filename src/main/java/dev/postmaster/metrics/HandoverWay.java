package dev.postmaster.metrics;

/** How a client comes by its process: the label {@code by}. */
public enum HandoverWay {
    /** One was launched for it. */
    LAUNCH,
    /** One was waiting for it. */
    SPARE
}
