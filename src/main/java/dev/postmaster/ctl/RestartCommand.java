package dev.postmaster.ctl;

import dev.postmaster.os.Os;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** {@code pmctl restart} (CTL-8). */
final class RestartCommand {
    private final Os os;
    private final Screen screen;
    private final Processes processes;

    RestartCommand(Os os, Screen screen) {
        this.os = os;
        this.screen = screen;
        this.processes = new Processes(os);
    }

    int run(Request request) {
        Target target = new Target(request.directory());
        stop(target, request);
        String options = request.server().options().orElseGet(() -> recordedOptions(target));
        new StartCommand(os, screen).start(request, options);
        return 0;
    }

    private void stop(Target target, Request request) {
        OptionalLong pid = target.pid(CtlFailure.FAILED);
        if (pid.isEmpty()) {
            screen.complain("PID file \"" + target.pidFile() + "\" does not exist");
            screen.explain("Is server running?\ntrying to start server anyway");
        } else if (!processes.isServer(Math.abs(pid.getAsLong()))) {
            screen.complain("old server process (PID: " + pid.getAsLong() + ") seems to be gone");
            screen.explain("starting server anyway");
        } else {
            RunningServer.find(target, "restart server", processes).signal(StopCommand.signal(request.mode()), "stop");
            new StopCommand(processes, screen).await(target, request);
        }
    }

    /** The options of the last start, without the data directory, which we name ourselves. */
    private static String recordedOptions(Target target) {
        Path file = target.layout().optionsFile();
        if (!Files.exists(file)) {
            throw CtlFailure.of("could not read file \"" + target.asNamed(file) + "\"");
        }
        List<String> lines = target.lines(file);
        if (lines.size() != 1) {
            throw CtlFailure.of("option file \"" + target.asNamed(file) + "\" must have exactly one line");
        }
        return optionsIn(lines.getFirst());
    }

    /** Options begin at the first blank and quote; before them is the program. */
    static String optionsIn(String line) {
        int begin = line.indexOf(" \"");
        return begin < 0
                ? ""
                : (line.substring(begin) + " ")
                        .replaceAll(" \"-D\" \"[^\"]*\"(?= )", "")
                        .strip();
    }
}
