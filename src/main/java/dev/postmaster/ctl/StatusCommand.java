package dev.postmaster.ctl;

import java.util.OptionalLong;

/** {@code pmctl status} (CTL-10). */
final class StatusCommand {
    private final Processes processes;
    private final Screen screen;

    StatusCommand(Processes processes, Screen screen) {
        this.processes = processes;
        this.screen = screen;
    }

    int run(Request request) {
        Target target = new Target(request.directory());
        OptionalLong found = target.pid(CtlFailure.NO_CLUSTER);
        if (found.isEmpty() || !processes.isServer(Math.abs(found.getAsLong()))) {
            screen.answer(Screen.NAME + ": no server running\n");
            return CtlFailure.NOT_RUNNING;
        }
        long pid = found.getAsLong();
        if (pid < 0) {
            screen.answer(Screen.NAME + ": single-user server is running (PID: " + -pid + ")\n");
            return 0;
        }
        screen.answer(Screen.NAME + ": server is running (PID: " + pid + ")\n");
        target.lines(target.layout().optionsFile()).forEach(line -> screen.answer(line + "\n"));
        return 0;
    }
}
