package dev.postmaster.child.startup;

import dev.postmaster.cluster.ControlData;
import dev.postmaster.report.ProcessLog;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import org.jspecify.annotations.Nullable;

/** How the cluster was left, in PostgreSQL's words (xlogrecovery.c). */
final class LastEnd {
    private static final String MAYBE_CORRUPTED =
            "This probably means that some data is corrupted and you will have to use the last backup for recovery.";

    private LastEnd() {}

    /**
     * Logs it.
     *
     * @return whether it was a clean shutdown, after which nothing needs recovery
     */
    static boolean report(ControlData control, ProcessLog log) {
        String at = log.timestamp(control.modified());
        return switch (control.state()) {
            case SHUT_DOWN -> say(log, true, "database system was shut down at " + at, null);
            case SHUT_DOWN_IN_RECOVERY -> say(log, false, "database system was shut down in recovery at " + at, null);
            case SHUTTING_DOWN ->
                say(log, false, "database system shutdown was interrupted; last known up at " + at, null);
            case IN_CRASH_RECOVERY, IN_ARCHIVE_RECOVERY ->
                say(log, false, "database system was interrupted while in recovery at " + at, MAYBE_CORRUPTED);
            case IN_PRODUCTION -> say(log, false, "database system was interrupted; last known up at " + at, null);
            case STARTING_UP ->
                throw new ReportException(
                        Report.of(Severity.FATAL, "control file contains invalid database cluster state"));
        };
    }

    private static boolean say(ProcessLog log, boolean clean, String message, @Nullable String hint) {
        Report report = Report.of(Severity.LOG, message);
        log.report(hint == null ? report : report.withHint(hint));
        return clean;
    }
}
