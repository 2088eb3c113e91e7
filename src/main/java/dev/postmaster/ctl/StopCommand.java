package dev.postmaster.ctl;

import dev.postmaster.core.ShutdownMode;
import dev.postmaster.core.Sig;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code pmctl stop} (CTL-7), and the first half of {@code pmctl restart}. */
final class StopCommand {
    private final Processes processes;
    private final Screen screen;

    StopCommand(Processes processes, Screen screen) {
        this.processes = processes;
        this.screen = screen;
    }

    int run(Request request) {
        Target target = new Target(request.directory());
        RunningServer server = RunningServer.find(target, "stop server", processes);
        server.signal(signal(request.mode()), "stop");
        if (request.waits()) {
            await(target, request);
        } else {
            screen.progress("server shutting down\n");
        }
        return 0;
    }

    /** Waits until the PID file is gone. */
    void await(Target target, Request request) {
        screen.progress("waiting for server to shut down...");
        boolean stopped = new Patience(screen, request.timeout())
                .await(() -> look(target))
                .orElse(false);
        if (!stopped) {
            screen.progress(" failed\n");
            screen.complain("server does not shut down");
            if (request.mode() == ShutdownMode.SMART) {
                screen.explain("HINT: The \"-m fast\" option immediately disconnects sessions rather than\n"
                        + "waiting for session-initiated disconnection.");
            }
            throw CtlFailure.said();
        }
        screen.progress(" done\n");
        screen.progress("server stopped\n");
    }

    static Sig signal(ShutdownMode mode) {
        return switch (mode) {
            case NONE -> throw new IllegalArgumentException("no way to stop");
            case SMART -> Sig.TERM;
            case FAST -> Sig.INT;
            case IMMEDIATE -> Sig.QUIT;
        };
    }

    /** True when the file is gone; false when the process is gone and the file stays. */
    private Optional<Boolean> look(Target target) {
        OptionalLong pid = target.pid(CtlFailure.FAILED);
        if (pid.isEmpty()) {
            return Optional.of(true);
        }
        // Once more, lest it left between the two looks.
        return processes.exists(pid.getAsLong())
                ? Optional.empty()
                : Optional.of(target.pid(CtlFailure.FAILED).isEmpty());
    }
}
