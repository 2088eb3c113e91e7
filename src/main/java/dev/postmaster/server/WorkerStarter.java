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
import dev.postmaster.os.Fd;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.Pid;
import dev.postmaster.report.Log;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** From a worker's definition to its process: a child of ours for a function, the program itself for a command. */
@OnLoop
final class WorkerStarter implements WorkerLauncher {
    private final ChildLauncher launcher;
    private final Fd nullDevice;
    private final WorkerOffice.Hands hands;
    private final WorkerHealth health;
    private final Log log;

    WorkerStarter(Foundation foundation, WorkerOffice.Hands hands, WorkerHealth health) {
        this.launcher = foundation.nursery().launcher();
        this.nullDevice = foundation.kernel().nullDevice();
        this.hands = hands;
        this.health = health;
        this.log = foundation.log();
    }

    @Override
    public LaunchResult launch(int worker, WorkerDefinition definition, long generation) {
        return switch (definition.work()) {
            case Function function -> launch(definition, startup(worker, definition, function, generation));
            case Command command -> launch(definition, command);
        };
    }

    private LaunchResult launch(WorkerDefinition definition, Command command) {
        LaunchResult result = hands.programs()
                .start(
                        role(definition, command),
                        program(command),
                        output -> new ProgramStreams(nullDevice, output, output));
        if (result instanceof LaunchResult.Launched(Pid pid)) {
            health.watch(definition, command, pid);
        }
        return result;
    }

    @Override
    public boolean wasSick(int pid) {
        return health.ended(pid);
    }

    @Override
    public void stop(Pid worker) {
        hands.signals().terminate(worker);
    }

    private LaunchResult launch(WorkerDefinition definition, WorkerStartup startup) {
        LaunchResult result = hands.children()
                .launch(
                        ChildKind.BGWORKER,
                        slot -> launcher.launch(ChildKind.BGWORKER, slot, startup, null),
                        (pid, slot) -> Child.ofOurs(pid, ChildKind.BGWORKER, slot)
                                .called(Child.workerName(definition.type())));
        if (result instanceof LaunchResult.Refused(Errno errno, var ignored)) {
            log.report(WorkerReports.about(definition, ChildStarter.refusal("could not fork worker process", errno)));
        }
        return result;
    }

    private static ProgramStarter.Role role(WorkerDefinition definition, Command command) {
        var manners = new Child.Manners(
                command.stop().signal(),
                command.stop().timeout(),
                command.stop().reload());
        return new ProgramStarter.Role(
                ChildKind.BGWORKER, definition.type(), Child.workerName(definition.name()), manners, null);
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
        return new Program(command.argv(), command.environment(), directory(command), command.user(), command.limits());
    }

    static @Nullable Path directory(Command command) {
        return command.directory().isEmpty() ? null : Path.of(command.directory());
    }
}
