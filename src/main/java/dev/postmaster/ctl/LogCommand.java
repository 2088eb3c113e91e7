package dev.postmaster.ctl;

import dev.postmaster.report.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** {@code pmctl log}: shows the log file, or follows it through its rotations until this command is ended. */
final class LogCommand {
    private static final Path OUTPUT = Path.of("/proc/self/fd/1");
    private static final long PAUSE = Duration.ofMillis(200).toNanos();

    /** What is printed at once, in characters. */
    private static final int PIECE = 1 << 16;

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
        ShownLog shown = find(target, filter);
        Set<Path> known = new HashSet<>(filter.follow() ? shown.family() : List.of());
        print(shown, filter, shown.content()::read);
        while (filter.follow()) {
            LockSupport.parkNanos(PAUSE);
            ShownLog next = ShownLog.named(target, filter.kind().isPresent()).orElse(shown);
            print(shown, filter); // after the look: whatever is written before a rotation is read before we turn
            if (!next.path().equals(shown.path())) {
                printPassed(shown, next, known, filter);
                shown = next;
            }
        }
        return 0;
    }

    /** What the log was in for so short a time that no look found it named. */
    private void printPassed(ShownLog last, ShownLog next, Set<Path> known, Request.LogFilter filter) {
        for (Path passed : last.family()) {
            if (passed.equals(next.path())) {
                break; // it and those that may have come after it have their turn
            }
            if (known.add(passed)) {
                print(last.sibling(passed), filter);
            }
        }
        known.add(next.path());
        if (!last.isKin(next)) {
            known.addAll(next.family());
        }
    }

    private ShownLog find(Target target, Request.LogFilter filter) {
        OptionalLong pid = target.pid(CtlFailure.NO_CLUSTER);
        Optional<ShownLog> named = ShownLog.named(target, filter.kind().isPresent());
        if (named.isPresent()) {
            return named.get();
        }
        if (filter.kind().isPresent()) {
            throw CtlFailure.of("--kind needs a log that tells the kind: jsonlog or csvlog in log_destination");
        }
        return pid.stream()
                .filter(processes::isServer)
                .mapToObj(ShownLog::standardErrorOf)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> CtlFailure.of("there is no log file: the log goes to standard error"));
    }

    private void print(ShownLog file, Request.LogFilter filter) {
        print(file, filter, file.content()::readIfThere);
    }

    /** By the piece: a log may be larger than the memory. */
    private void print(ShownLog file, Request.LogFilter filter, Consumer<Consumer<String>> reader) {
        var text = new StringBuilder();
        reader.accept(line -> {
            for (LogRecord found : file.form().read(line)) {
                if (filter.passes(found)) {
                    text.append(coloured(found)).append('\n');
                }
            }
            if (text.length() >= PIECE) {
                flush(text);
            }
        });
        flush(text);
    }

    private void flush(StringBuilder text) {
        if (!text.isEmpty()) {
            screen.answer(text.toString());
            text.setLength(0);
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
