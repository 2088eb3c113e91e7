package dev.postmaster.child;

import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import java.util.function.IntConsumer;

/**
 * How a child ends. Always at once: no shutdown hook may change a status that the postmaster reads (N-7), and
 * no thread in native code may delay it. An error nobody
 * handled is FATAL and gives status 1; PANIC ends by SIGABRT (C-3).
 */
final class Ending {
    private static final int FATAL_STATUS = 1;

    private final Log log;
    private final IntConsumer exit;
    private final Runnable abort;

    /**
     * @param exit ends the process with a status
     * @param abort ends the process by SIGABRT
     */
    Ending(Log log, IntConsumer exit, Runnable abort) {
        this.log = log;
        this.exit = exit;
        this.abort = abort;
    }

    void exit(int status) {
        exit.accept(status);
    }

    /** Logs what nobody handled; the status to exit with. Does not return for a PANIC. */
    int statusOf(Throwable unhandled) {
        Report report =
                unhandled instanceof ReportException e ? e.report() : Unexpected.report(Severity.FATAL, unhandled);
        if (report.severity() == Severity.PANIC) {
            log.report(report, unhandled);
            abort.run();
        } else {
            log.report(report.withSeverity(Severity.FATAL), unhandled);
        }
        return FATAL_STATUS;
    }

    /** Runs the work of a thread; nothing it throws goes unnoticed. */
    void guard(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            exit(statusOf(e));
        }
    }
}
