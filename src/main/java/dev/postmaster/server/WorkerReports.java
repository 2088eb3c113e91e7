package dev.postmaster.server;

import dev.postmaster.config.WorkerDefinition;
import dev.postmaster.core.worker.RestartTerms;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;

/** What the log is told about registrations; the names are those of {@code bgworker.c} where it has the same words. */
final class WorkerReports {
    private final Log log;

    WorkerReports(Log log) {
        this.log = log;
    }

    void report(Report report) {
        log.report(report);
    }

    /** Says which worker a message of PostgreSQL is about that does not. */
    static Report about(WorkerDefinition definition, Report report) {
        return report.withContext(Child.workerName(definition.name()));
    }

    void debug(String message) {
        log.report(Report.of(Severity.DEBUG1, message));
    }

    /** All slots in shared memory are taken (BW-6). */
    static Report noSlot(WorkerDefinition definition, int slots) {
        String many = slots == 1 ? " background worker" : " background workers";
        Report tooMany = Report.of(Severity.LOG, SqlState.CONFIGURATION_LIMIT_EXCEEDED, "too many background workers")
                .withDetail("Up to " + slots + many + " can be registered with the current settings.")
                .withHint("Consider increasing the configuration parameter \"max_worker_processes\".");
        return about(definition, tooMany);
    }

    /** There may be no process more (BW-15). */
    void noRoom(WorkerDefinition definition) {
        log.report(about(
                definition,
                Report.of(
                        Severity.LOG,
                        SqlState.CONFIGURATION_LIMIT_EXCEEDED,
                        "no slot available for new worker process")));
    }

    void givenUp(WorkerDefinition definition) {
        RestartTerms restart = definition.restart();
        log.report(Report.of(
                        Severity.LOG,
                        "background worker \"" + definition.name() + "\" failed more than " + restart.limit()
                                + " times within " + restart.window().toSeconds() + " s and is given up")
                .withHint("Find out why, then start it again with pmctl start-worker."));
    }

    /** Somebody has asked for a change; what comes of it is said elsewhere. */
    void asked(String verb, String name) {
        log.log("received request to " + verb + " background worker \"" + name + "\"");
    }

    void noSuchWorker(String name) {
        log.log("there is no background worker \"" + name + "\" to start");
    }

    /** The number of slots in shared memory is not ours (BW-19). */
    void inconsistent(int maxWorkers, int slots) {
        log.log("inconsistent background worker state (max_worker_processes=" + maxWorkers + ", total_slots=" + slots
                + ")");
    }
}
