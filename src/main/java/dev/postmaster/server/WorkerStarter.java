package dev.postmaster.server;

import dev.postmaster.config.WorkerDefinition;
import dev.postmaster.config.WorkerDefinition.Command;
import dev.postmaster.config.WorkerDefinition.Function;
import dev.postmaster.core.ChildKind;
import dev.postmaster.launch.ChildLauncher;
import dev.postmaster.launch.Program;
import dev.postmaster.launch.ProgramStreams;
import dev.postmaster.launch.WorkerStartup;
import dev.postmaster.os.Errno;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.Pid;
import dev.postmaster.report.Log;
import dev.postmaster.report.ReportException;
import java.nio.file.Path;
import java.util.Optional;

/** From a worker's definition to its process: a child of ours for a function, the program itself for a command. */
@OnLoop
final class WorkerStarter implements WorkerLauncher {
    private final ChildLauncher launcher;
    private final ChildStarter starter;
    private final ProgramStreams streams;
    private final SignalSender signals;
    private final Log log;

    /** @param streams what a command gets for standard input, output and error */
    WorkerStarter(ChildLauncher launcher, ChildStarter starter, ProgramStreams streams, SignalSender signals, Log log) {
        this.launcher = launcher;
        this.starter = starter;
        this.streams = streams;
        this.signals = signals;
        this.log = log;
    }

    @Override
    public Optional<Pid> launch(int worker, WorkerDefinition definition, long generation) {
        LaunchResult result =
                switch (definition.work()) {
                    case Function function -> launch(startup(worker, definition, function, generation));
                    case Command command -> launch(command);
                };
        return switch (result) {
            case LaunchResult.Launched(Pid pid) -> Optional.of(pid);
            case LaunchResult.Refused(Errno errno) -> {
                log.report(ChildStarter.refusal("could not fork worker process", errno));
                yield Optional.empty();
            }
        };
    }

    @Override
    public void stop(Pid worker) {
        signals.terminate(worker);
    }

    private LaunchResult launch(WorkerStartup startup) {
        return starter.launch(
                ChildKind.BGWORKER,
                slot -> launcher.launch(ChildKind.BGWORKER, slot, startup, null),
                (pid, slot) -> Child.ofOurs(pid, ChildKind.BGWORKER, slot, null));
    }

    private LaunchResult launch(Command command) {
        var manners = new Child.Manners(
                command.stop().signal(),
                command.stop().timeout(),
                command.stop().reload());
        return starter.launch(
                ChildKind.BGWORKER,
                slot -> launchProgram(program(command)),
                (pid, slot) -> Child.stranger(pid, ChildKind.BGWORKER, slot, manners));
    }

    /** What it needs and is not there is told first (CK-17). */
    private LaunchResult launchProgram(Program program) {
        try {
            return launcher.launchProgram(program, streams);
        } catch (ReportException e) {
            log.report(e.report());
            return new LaunchResult.Refused(Errno.ENOENT);
        }
    }

    private static WorkerStartup startup(int worker, WorkerDefinition definition, Function function, long generation) {
        return new WorkerStartup(
                definition.name(),
                definition.type(),
                function.library(),
                function.function(),
                function.argument(),
                function.databaseAccess(),
                worker,
                generation);
    }

    private static Program program(Command command) {
        return new Program(
                command.argv(),
                command.environment(),
                command.directory().isEmpty() ? null : Path.of(command.directory()),
                command.user(),
                command.limits());
    }
}
