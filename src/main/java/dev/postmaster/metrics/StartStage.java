package dev.postmaster.metrics;

/** What a child goes through until it does its work: the label {@code stage}. */
public enum StartStage {
    /** The loop writes its parameters, forks and executes; the call returns when the new program is in memory. */
    SPAWN,
    /** From there to the first line of ours: the JVM, with its cache. */
    JVM,
    /** It reads its parameters, joins the cluster, attaches to shared memory. */
    INIT,
    /** The main of its kind gets ready; a backend, until it waits for its client's first statement. */
    MAIN
}
