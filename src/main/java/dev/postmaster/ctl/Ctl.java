package dev.postmaster.ctl;

import dev.postmaster.cluster.FileModes;
import dev.postmaster.os.Os;
import java.io.PrintStream;
import java.util.List;

/** {@code pmctl}: starts, stops and asks a postmaster (spec §9). Runs on the main thread; ends with the command. */
public final class Ctl {
    private static final String ALLOW_ROOT = "--allow-root";
    private static final String NO_ROOT = """
            cannot be run as root
            Please log in (using, e.g., "su") as the (unprivileged) user that will
            own the server process.""";

    private final Os os;
    private final PrintStream out;
    private final PrintStream err;

    private Ctl(Os os, PrintStream out, PrintStream err) {
        this.os = os;
        this.out = out;
        this.err = err;
    }

    /**
     * Carries a command out.
     *
     * @param arguments with {@code ctl} first
     * @return the exit status: 0 when it worked; 1 when it did not; for {@code status}, {@code ps} and {@code why} 3 when
     *     no server runs and 4 when there is no cluster (CTL-2)
     */
    public static int run(String[] arguments) {
        List<String> given = List.of(arguments).subList(1, arguments.length);
        return new Ctl(Os.open(), System.out, System.err).run(given);
    }

    private int run(List<String> arguments) {
        var screen = new Screen(out, err, false);
        Parsed parsed = Arguments.parse(arguments, System.getenv());
        if (parsed instanceof Parsed.Print(String text)) {
            screen.answer(text);
            return 0;
        }
        if (os.thisProcess().effectiveUserId() == 0 && !arguments.contains(ALLOW_ROOT)) {
            screen.complain(NO_ROOT);
            return CtlFailure.FAILED;
        }
        return switch (parsed) {
            case Parsed.Print ignored -> 0;
            case Parsed.Refused(String text) -> {
                err.print(text);
                yield CtlFailure.FAILED;
            }
            case Parsed.Run(Request request) -> run(request, new Screen(out, err, request.silent()));
        };
    }

    private int run(Request request, Screen screen) {
        try {
            umask(request);
            return carryOut(request, screen);
        } catch (CtlFailure e) {
            if (!e.words().isEmpty()) {
                screen.complain(e.words());
            }
            return e.status();
        }
    }

    private int carryOut(Request request, Screen screen) {
        var processes = new Processes(os);
        return switch (request.verb()) {
            case INIT -> new InitCommand(screen).run(request);
            case START -> new StartCommand(os, screen).run(request);
            case STOP -> new StopCommand(processes, screen).run(request);
            case RESTART -> new RestartCommand(os, screen).run(request);
            case RELOAD -> new SignalCommands(processes, screen).reload(request);
            case LOGROTATE -> new SignalCommands(processes, screen).rotateLog(request);
            case KILL ->
                new SignalCommands(processes, screen).kill(request.kill().orElseThrow());
            case PROMOTE -> new PromoteCommand(processes, screen).run(request);
            case STATUS -> new StatusCommand(processes, screen).run(request);
            case PS -> new PsCommand(processes, screen).run(request);
            case WHY -> new WhyCommand(processes, screen).run(request);
            case LOG -> new LogCommand(processes, screen).run(request);
            case WORKERS -> new WorkersCommand(processes, screen).run(request);
            case START_WORKER -> new WorkerCommands(processes, screen).start(request);
            case STOP_WORKER -> new WorkerCommands(processes, screen).stop(request);
        };
    }

    /** CTL-15. */
    private void umask(Request request) {
        FileModes modes = request.dataDirectory()
                .map(directory -> new Target(directory).modes())
                .orElse(FileModes.OWNER_ONLY);
        os.thisProcess().setMask(modes.umask());
    }
}
