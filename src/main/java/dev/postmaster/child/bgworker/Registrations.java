package dev.postmaster.child.bgworker;

import dev.postmaster.child.ChildContext;
import dev.postmaster.child.SharedMemory;
import dev.postmaster.config.Guc;
import dev.postmaster.core.WorkerCheck;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.shmem.PmSignal;
import dev.postmaster.shmem.WorkerRecord;
import dev.postmaster.shmem.WorkerRegistrar;
import dev.postmaster.worker.Worker;
import dev.postmaster.worker.WorkerHandle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** How a worker registers others (BW-10, RegisterDynamicBackgroundWorker). */
final class Registrations {
    private final SharedMemory shared;
    private final Attention attention;
    private final Path lockFile;
    private final WorkerRegistrar registrar;

    Registrations(ChildContext context, Attention attention) {
        this.shared = context.shared();
        this.attention = attention;
        this.lockFile = context.layout().workerLockFile();
        this.registrar = new WorkerRegistrar(
                shared.segment().workers(), lockFile, context.modes().file());
    }

    Optional<WorkerHandle> register(Worker worker) {
        Optional<String> refusal = tooLong(worker)
                .or(() -> WorkerCheck.refusal(worker.name(), worker.flags(), worker.start(), worker.restartSeconds()));
        if (refusal.isPresent()) {
            throw new ReportException(
                    Report.of(Severity.ERROR, SqlState.INVALID_PARAMETER_VALUE, refusal.orElseThrow()));
        }
        return take(record(worker)).map(registration -> {
            shared.postmaster().send(PmSignal.BACKGROUND_WORKER_CHANGE);
            return new RegisteredWorker(shared, registration, attention);
        });
    }

    private Optional<WorkerRegistrar.Registration> take(WorkerRecord record) {
        try {
            return registrar.register(record, attention.settings().get(Guc.MAX_PARALLEL_WORKERS));
        } catch (IOException e) {
            throw new ReportException(
                    FileErrors.report(Severity.ERROR, "could not lock file \"" + lockFile + "\"", e), e);
        }
    }

    /** Waits work promptly only for who is notified (BW-12), so whoever registers here always is. */
    private WorkerRecord record(Worker worker) {
        return new WorkerRecord(
                worker.name(),
                worker.type(),
                worker.flags(),
                worker.start(),
                worker.restartSeconds(),
                worker.library(),
                worker.function(),
                worker.argument(),
                shared.slot().pid());
    }

    /** A text that is cut names another class or file: PostgreSQL cuts all the same. */
    private static Optional<String> tooLong(Worker worker) {
        return tooLong(worker, "name", worker.name(), WorkerRecord.NAME_BYTES)
                .or(() -> tooLong(worker, "type", worker.type(), WorkerRecord.NAME_BYTES))
                .or(() -> tooLong(worker, "library", worker.library(), WorkerRecord.LIBRARY_BYTES))
                .or(() -> tooLong(worker, "function", worker.function(), WorkerRecord.NAME_BYTES))
                .or(() -> tooLong(worker, "argument", worker.argument(), WorkerRecord.ARGUMENT_BYTES));
    }

    private static Optional<String> tooLong(Worker worker, String what, String text, int limit) {
        return text.getBytes(StandardCharsets.UTF_8).length > limit
                ? Optional.of(
                        "background worker \"" + worker.name() + "\": " + what + " is longer than " + limit + " bytes")
                : Optional.empty();
    }
}
