package dev.postmaster.report;

/** How much of a report is logged ({@code log_error_verbosity}). */
public enum Verbosity {
    /** Without detail, hint and context in the text form; csv and JSON have columns for them and show them all the same. */
    TERSE,
    /** All that was said. */
    DEFAULT,
    /** With SQLSTATE, and the place in our code. */
    VERBOSE
}
