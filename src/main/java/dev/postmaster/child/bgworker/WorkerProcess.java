package dev.postmaster.child.bgworker;

import dev.postmaster.child.ChildContext;
import dev.postmaster.launch.WorkerStartup;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.worker.Database;
import dev.postmaster.worker.Wake;
import dev.postmaster.worker.Worker;
import dev.postmaster.worker.WorkerContext;
import dev.postmaster.worker.WorkerHandle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a worker may use, in a process launched for it. */
final class WorkerProcess implements WorkerContext, AutoCloseable {
    private final ChildContext context;
    private final WorkerStartup worker;
    private final Attention attention;
    private final Registrations registrations;
    private @Nullable WorkerDatabase database;

    WorkerProcess(ChildContext context, WorkerStartup worker, Attention attention) {
        this.context = context;
        this.worker = worker;
        this.attention = attention;
        this.registrations = new Registrations(context, attention);
    }

    @Override
    public String name() {
        return worker.name();
    }

    @Override
    public String argument() {
        return worker.argument();
    }

    @Override
    public String library() {
        return worker.library();
    }

    @Override
    public Log log() {
        return context.log();
    }

    @Override
    public Path dataDirectory() {
        return context.layout().dataDirectory();
    }

    @Override
    public Wake await(Duration timeout) throws InterruptedException {
        return attention.await(timeout);
    }

    @Override
    public boolean isToldToStop() {
        return attention.isToldToStop();
    }

    /** The messages of BackgroundWorkerInitializeConnection and of what it calls. */
    @Override
    public Database database(String name) {
        DatabaseAccess.require(worker);
        if (database != null) {
            throw new ReportException(Report.of(Severity.ERROR, "invalid processing mode in background worker")
                    .withDetail("A background worker opens one database, once."));
        }
        WorkerDatabase opened = DatabaseAccess.open(context, worker, name, attention);
        attention.cancelSqlWith(opened::interrupt);
        database = opened;
        return opened;
    }

    @Override
    public Optional<WorkerHandle> register(Worker registration) {
        return registrations.register(registration);
    }

    @Override
    public void close() {
        attention.workIsOver();
        if (database != null) {
            database.close();
        }
    }
}
