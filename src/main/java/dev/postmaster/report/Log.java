package dev.postmaster.report;

/** Where a process says what it did. Any thread may call it; it never throws and waits for nothing but the place it writes to. */
public interface Log {
    void report(Report report);

    /** A message of severity LOG: what an operator wants to know about the server itself. */
    default void log(String message) {
        report(Report.of(Severity.LOG, message));
    }
}
