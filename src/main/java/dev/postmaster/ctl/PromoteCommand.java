package dev.postmaster.ctl;

import dev.postmaster.cluster.ClusterState;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code pmctl promote} (CTL-11). */
final class PromoteCommand {
    private final Processes processes;
    private final Screen screen;

    PromoteCommand(Processes processes, Screen screen) {
        this.processes = processes;
        this.screen = screen;
    }

    int run(Request request) {
        Target target = new Target(request.directory());
        RunningServer server = RunningServer.find(target, "promote server", processes);
        if (target.state() != ClusterState.IN_ARCHIVE_RECOVERY) {
            throw CtlFailure.of("cannot promote server; server is not in standby mode");
        }
        SignalCommands.ask(target, target.layout().promoteRequest(), "promote", server);
        if (!request.waits()) {
            screen.progress("server promoting\n");
            return 0;
        }
        screen.progress("waiting for server to promote...");
        boolean promoted = new Patience(screen, request.timeout())
                .await(() -> look(target))
                .orElse(false);
        if (!promoted) {
            screen.progress(" stopped waiting\n");
            throw CtlFailure.of("server did not promote in time");
        }
        screen.progress(" done\n");
        screen.progress("server promoted\n");
        return 0;
    }

    /** False when there is nobody left to be promoted. */
    private Optional<Boolean> look(Target target) {
        OptionalLong pid = target.pid(CtlFailure.FAILED);
        if (pid.isEmpty() || !processes.exists(pid.getAsLong())) {
            return Optional.of(false);
        }
        return target.state() == ClusterState.IN_PRODUCTION ? Optional.of(true) : Optional.empty();
    }
}
