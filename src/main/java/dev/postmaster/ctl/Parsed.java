package dev.postmaster.ctl;

/** What reading the arguments came to. */
sealed interface Parsed {
    /** Do this. */
    record Run(Request request) implements Parsed {}

    /** Print this on standard output and exit 0. */
    record Print(String text) implements Parsed {}

    /** Print this on standard error and exit 1. */
    record Refused(String text) implements Parsed {}
}
