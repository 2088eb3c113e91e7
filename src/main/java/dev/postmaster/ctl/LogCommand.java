package dev.postmaster.ctl;

import dev.postmaster.report.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/** {@code pmctl log}: shows the log file, or follows it through its rotations until this command is ended. */
final class LogCommand {
    private static final Path OUTPUT = Path.of("/proc/self/fd/1");
    private static final long PAUSE = Duration.ofMillis(200).toNanos();
    private static final String PLAIN = "\033[0m";

    private final Processes processes;
    private final Screen screen;
    private final boolean colour;

    LogCommand(Processes processes, Screen screen) {
        this.processes = processes;
        this.screen = screen;
        this.colour = isTerminal();
    }

    int run(Request request) {
        Target target = new Target(request.directory());
        Request.LogFilter filter = request.filter();
        LogFile current = find(target, filter);
        show(current, filter);
        while (filter.follow()) {
            LockSupport.parkNanos(PAUSE);
            LogFile next = LogFile.named(target, filter.kind().isPresent()).orElse(current);
            show(current, filter); // after the look: whatever is written before a rotation is read before we turn
            if (!next.path().equals(current.path())) {
                current = next;
            }
        }
        return 0;
    }

    private LogFile find(Target target, Request.LogFilter filter) {
        OptionalLong pid = target.pid(CtlFailure.NO_CLUSTER);
        Optional<LogFile> named = LogFile.named(target, filter.kind().isPresent());
        if (named.isPresent()) {
            return named.get();
        }
        if (filter.kind().isPresent()) {
            throw CtlFailure.of("--kind needs a log that tells the kind: jsonlog or csvlog in log_destination");
        }
        return pid.stream()
                .filter(processes::isServer)
                .mapToObj(LogFile::standardErrorOf)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> CtlFailure.of("there is no log file: the log goes to standard error"));
    }

    private void show(LogFile file, Request.LogFilter filter) {
        var text = new StringBuilder();
        file.content().read(line -> {
            file.form().read(line).filter(filter::passes).ifPresent(found -> text.append(coloured(found))
                    .append('\n'));
        });
        if (!text.isEmpty()) {
            screen.answer(text.toString());
        }
    }

    private String coloured(LogRecord found) {
        String begin = colour
                ? found.level().map((Severity level) -> Levels.colour(level)).orElse("")
                : "";
        return begin.isEmpty() ? found.text() : begin + found.text() + PLAIN;
    }

    /** By the name of the device: {@code System.console()} would load a line editor. */
    private static boolean isTerminal() {
        try {
            String output = Files.readSymbolicLink(OUTPUT).toString();
            boolean terminal = output.startsWith("/dev/pts/") || output.startsWith("/dev/tty");
            return terminal && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        } catch (IOException unknown) {
            return false;
        }
    }
}
