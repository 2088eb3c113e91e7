package dev.postmaster.ctl;

import dev.postmaster.core.Sig;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pid;
import dev.postmaster.os.Reaped;
import java.time.Instant;
import java.util.Optional;

/** {@code pmctl start} (CTL-6), and the second half of {@code pmctl restart}. */
final class StartCommand {
    /** Clocks of file systems and processes may differ by this much. */
    private static final int TOLERANCE_SECONDS = 2;

    private static final int START_TIME_LINE = 3;
    private static final int STATUS_LINE = 8;

    private final Os os;
    private final Screen screen;

    StartCommand(Os os, Screen screen) {
        this.os = os;
        this.screen = screen;
    }

    /** How a start went, as far as we have seen. */
    private enum Progress {
        READY,
        FAILED
    }

    int run(Request request) {
        Target target = new Target(request.directory());
        if (target.pid(CtlFailure.FAILED).isPresent()) {
            screen.complain("another server might be running; trying to start server anyway");
        }
        start(request, request.server().options().orElse(""));
        return 0;
    }

    /** @param options a shell's words, after the data directory */
    void start(Request request, String options) {
        Instant begin = Instant.now();
        Pid pid = launch(request, options);
        if (!request.waits()) {
            screen.progress("server starting\n");
            return;
        }
        Interruption.passOnDuring(
                () -> await(request, pid, begin), () -> os.signals().send(pid, Sig.INT));
    }

    private Pid launch(Request request, String options) {
        var command = new ServerCommand(request, options);
        return switch (os.launcher().launch(command.plan(os.thisProcess().parentPid(), System.getenv()))) {
            case LaunchResult.Launched(Pid pid) -> pid;
            case LaunchResult.Refused(var ignored, String why) -> throw CtlFailure.of("could not start server: " + why);
        };
    }

    private void await(Request request, Pid pid, Instant begin) {
        screen.progress("waiting for server to start...");
        Target target = new Target(request.directory());
        Optional<Progress> progress =
                new Patience(screen, request.timeout()).await(() -> look(target, pid, begin.getEpochSecond()));
        if (progress.isPresent() && progress.get() == Progress.READY) {
            screen.progress(" done\n");
            screen.progress("server started\n");
            return;
        }
        screen.progress(" stopped waiting\n");
        throw CtlFailure.of(
                progress.isPresent()
                        ? "could not start server\nExamine the log output."
                        : "server did not start in time");
    }

    private Optional<Progress> look(Target target, Pid pid, long begin) {
        Optional<String> status = target.pidFileLine(STATUS_LINE);
        boolean ours = Numbers.leading(target.pidFileLine(1).orElse("")) == pid.value()
                && Numbers.leading(target.pidFileLine(START_TIME_LINE).orElse("")) >= begin - TOLERANCE_SECONDS;
        if (ours
                && status.filter(line -> line.equals("ready   ") || line.equals("standby "))
                        .isPresent()) {
            return Optional.of(Progress.READY);
        }
        return hasEnded(pid) ? Optional.of(Progress.FAILED) : Optional.empty();
    }

    private boolean hasEnded(Pid pid) {
        return os.reaper().next().map(Reaped::pid).filter(pid::equals).isPresent();
    }
}
