package dev.postmaster.child.bgworker.backup;

import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.worker.Database;
import dev.postmaster.worker.Wake;
import dev.postmaster.worker.Worker;
import dev.postmaster.worker.WorkerContext;
import dev.postmaster.worker.WorkerHandle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A worker's context in a test: tells the worker to stop when it has tried often enough. */
final class ScriptedContext implements WorkerContext {
    private final String argument;
    private final int attempts;
    private final List<Report> reports = new CopyOnWriteArrayList<>();
    private Path dataDirectory = Path.of("/nowhere");
    private Duration longestWait = Duration.ofDays(1000);

    /** @param attempts how many log lines about one database it waits for */
    ScriptedContext(String argument, int attempts) {
        this.argument = argument;
        this.attempts = attempts;
    }

    ScriptedContext at(Path directory) {
        dataDirectory = directory;
        return this;
    }

    void stopAtWaitLongerThan(Duration limit) {
        longestWait = limit;
    }

    List<Report> logged(String beginning) {
        return reports.stream()
                .filter(report -> report.message().startsWith(beginning))
                .toList();
    }

    @Override
    public Wake await(Duration timeout) throws InterruptedException {
        boolean enough = reports.stream()
                        .filter(report -> report.message()
                                .contains("database \""
                                        + reports.getLast().message().split("\"", -1)[1] + "\""))
                        .count()
                >= attempts;
        if (enough || timeout.compareTo(longestWait) > 0) {
            throw new InterruptedException();
        }
        LockSupport.parkNanos(timeout.toNanos());
        return Wake.TIMEOUT;
    }

    @Override
    public Log log() {
        return reports::add;
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public String argument() {
        return argument;
    }

    @Override
    public String library() {
        return Worker.SHIPPED;
    }

    @Override
    public Path dataDirectory() {
        return dataDirectory;
    }

    @Override
    public boolean isToldToStop() {
        return false;
    }

    @Override
    public Database database(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<WorkerHandle> register(Worker worker) {
        throw new UnsupportedOperationException();
    }
}
