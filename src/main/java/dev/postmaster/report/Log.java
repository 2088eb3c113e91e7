package dev.postmaster.report;

/** Where a process says what it did. Any thread may call it; it never throws and waits for nothing but the place it writes to. */
public interface Log {
    void report(Report report);

    /** What was thrown there; that place, not this one, is shown under {@code log_error_verbosity = verbose}. */
    default void report(Report report, Throwable thrown) {
        report(report);
    }

    /** The same log for what concerns a client that this process does not serve. */
    default Log about(LogSource.Session client) {
        return this;
    }

    /** A message of severity LOG: what an operator wants to know about the server itself. */
    default void log(String message) {
        report(Report.of(Severity.LOG, message));
    }
}
