package dev.postmaster.child.bgworker;

import dev.postmaster.child.ChildContext;
import dev.postmaster.child.ChildMain;
import dev.postmaster.child.Unexpected;
import dev.postmaster.launch.WorkerStartup;
import dev.postmaster.report.LogSource;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.worker.WorkerFunction;
import java.time.Instant;

/**
 * Runs one worker's function (BackgroundWorkerMain). Exit status 0 when it returns, 1 when it throws (BW-17) or was told
 * to stop (SG-17). Whatever it leaves running ends with it.
 */
public final class BgWorkerMain implements ChildMain {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    @Override
    public int run(ChildContext context) {
        if (!(context.startupData() instanceof WorkerStartup worker)) {
            throw new ReportException(Report.of(Severity.FATAL, "unable to find bgworker entry"));
        }
        int pid = context.shared().slot().pid();
        context.log().source(LogSource.of(pid, worker.type(), Instant.now()));
        Attention attention = new Attention(context, worker.type());
        attention.unblock();
        int status;
        try (WorkerProcess process = new WorkerProcess(context, worker, attention)) {
            WorkerFunction function = new Functions(context.layout(), context.modes()).find(worker);
            context.ready();
            function.run(process);
            status = DONE;
        } catch (Exception e) {
            status = attention.isToldToStop() ? FAILED : failed(context, worker, e);
        } finally {
            attention.workIsOver();
        }
        if (attention.isToldToStop()) {
            throw attention.terminated();
        }
        return status;
    }

    /** An ERROR ends only the worker, and the log calls it by its name; what is worse is told by whoever ends the child. */
    private static int failed(ChildContext context, WorkerStartup worker, Exception failure) {
        if (!(failure instanceof ReportException known)) {
            context.log().report(about(worker, Unexpected.report(Severity.ERROR, failure)));
            return FAILED;
        }
        if (known.report().severity().compareTo(Severity.ERROR) > 0) {
            throw known;
        }
        context.log().report(about(worker, known.report()));
        return FAILED;
    }

    /** What went wrong before the function could add anything says which worker it is. */
    private static Report about(WorkerStartup worker, Report report) {
        return report.context() == null ? report.withContext("background worker \"" + worker.name() + "\"") : report;
    }
}
