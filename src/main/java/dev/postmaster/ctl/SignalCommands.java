package dev.postmaster.ctl;

import dev.postmaster.core.Sig;
import dev.postmaster.report.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The commands that send a signal and do not wait: reload, logrotate, kill (CTL-9, CTL-12, CTL-13). */
final class SignalCommands {
    private final Processes processes;
    private final Screen screen;

    SignalCommands(Processes processes, Screen screen) {
        this.processes = processes;
        this.screen = screen;
    }

    int reload(Request request) {
        RunningServer.find(new Target(request.directory()), "reload server", processes)
                .signal(Sig.HUP, "reload");
        screen.progress("server signaled\n");
        return 0;
    }

    int rotateLog(Request request) {
        Target target = new Target(request.directory());
        RunningServer server = RunningServer.find(target, "rotate log file", processes);
        ask(target, target.layout().logrotateRequest(), "log rotation", server);
        screen.progress("server signaled to rotate log file\n");
        return 0;
    }

    int kill(Request.KillTarget kill) {
        processes.signal(kill.pid(), kill.signal()).ifPresent(why -> {
            throw CtlFailure.of(
                    "could not send signal " + kill.signal().number() + " (PID: " + kill.pid() + "): " + why);
        });
        return 0;
    }

    /** Leaves a file for the postmaster and tells it to look; takes the file back if it cannot be told. */
    static void ask(Target target, Path request, String what, RunningServer server) {
        Path file = target.asNamed(request);
        target.ask(file, what);
        server.trySignal(Sig.USR1).ifPresent(why -> {
            String removal = remove(file, what);
            throw CtlFailure.of("could not send " + what + " signal (PID: " + server.pid() + "): " + why + removal);
        });
    }

    private static String remove(Path file, String what) {
        try {
            Files.deleteIfExists(file);
            return "";
        } catch (IOException e) {
            return "\n" + Screen.NAME + ": could not remove " + what + " signal file \"" + file + "\": "
                    + FileErrors.words(e);
        }
    }
}
