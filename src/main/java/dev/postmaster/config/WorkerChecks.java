package dev.postmaster.config;

import dev.postmaster.config.WorkerDefinition.Command;
import dev.postmaster.config.WorkerDefinition.Function;
import dev.postmaster.core.WorkerCheck;
import dev.postmaster.core.WorkerFlag;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.util.Optional;

/** What must be right about a worker's settings together (BW-5): each wrong one is told and keeps no other from starting. */
final class WorkerChecks {
    /** BGW_MAXLEN without the terminating byte. */
    private static final int MAX_NAME = 95;

    private WorkerChecks() {}

    static Optional<Report> problem(WorkerDefinition worker) {
        if (worker.name().length() > MAX_NAME) {
            return problem(worker, "the name is longer than " + MAX_NAME + " bytes", "Give it a shorter one.");
        }
        return switch (worker.work()) {
            case Function function -> problem(worker, function);
            case Command command -> problem(worker, command);
        };
    }

    private static Optional<Report> problem(WorkerDefinition worker, Function function) {
        if (function.function().isEmpty()) {
            return problem(
                    worker,
                    "there is nothing to run",
                    "Set worker." + worker.name() + ".command or worker." + worker.name() + ".function.");
        }
        int access = function.databaseAccess() ? WorkerFlag.DATABASE_ACCESS.bit() : 0;
        return WorkerCheck.refusal(
                        worker.name(),
                        WorkerFlag.SHARED_MEMORY.bit() | access,
                        worker.start(),
                        worker.restart().interval().toSeconds())
                .map(WorkerChecks::report);
    }

    private static Optional<Report> problem(WorkerDefinition worker, Command command) {
        if (!command.function().isEmpty()) {
            return problem(
                    worker,
                    "there is both a command and a function to run",
                    "Remove worker." + worker.name() + ".command or worker." + worker.name() + ".function.");
        }
        return ProgramChecks.environment(command.environment())
                .flatMap(problem -> problem(worker, problem, ProgramChecks.VARIABLE_REMEDY))
                .or(() -> ProgramChecks.limits(command.limits())
                        .flatMap(problem -> problem(worker, problem, ProgramChecks.LIMIT_REMEDY)));
    }

    private static Optional<Report> problem(WorkerDefinition worker, String what, String remedy) {
        return Optional.of(
                report("background worker \"" + worker.name() + "\": " + what).withHint(remedy));
    }

    private static Report report(String message) {
        return Report.of(Severity.LOG, SqlState.INVALID_PARAMETER_VALUE, message);
    }
}
