package dev.postmaster.child;

/** What one kind of child does. */
public interface ChildMain {
    /**
     * Does the kind's work until it is done or told to leave.
     *
     * @return the exit status
     * @throws dev.postmaster.report.ReportException nobody handled: FATAL, logged, exit status 1; PANIC ends by SIGABRT
     *     (C-3)
     */
    int run(ChildContext context) throws Exception;
}
