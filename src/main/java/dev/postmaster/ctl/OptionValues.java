package dev.postmaster.ctl;

import dev.postmaster.core.ChildKind;
import dev.postmaster.core.ShutdownMode;
import dev.postmaster.core.Sig;
import dev.postmaster.report.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each option means, and the request that all of them come to. */
final class OptionValues {
    private static final int DEFAULT_TIMEOUT = 60;

    private static final Set<Sig> KILL_SIGNALS =
            Set.of(Sig.ABRT, Sig.HUP, Sig.INT, Sig.KILL, Sig.QUIT, Sig.TERM, Sig.USR1, Sig.USR2);

    private Optional<String> dataDirectory;
    private Optional<Path> log = Optional.empty();
    private Optional<String> options = Optional.empty();
    private Optional<String> program = Optional.empty();
    private ShutdownMode mode = ShutdownMode.FAST;
    private int timeout;
    private boolean silent;
    private boolean wait = true;
    private boolean coreFiles;
    private boolean allowRoot;
    private boolean follow;
    private Optional<String> kind = Optional.empty();
    private Optional<Integer> pid = Optional.empty();
    private Optional<Severity> level = Optional.empty();

    /** @param environment of the process; PGDATA stands in for {@code -D}, PGCTLTIMEOUT for {@code -t} */
    OptionValues(Map<String, String> environment) {
        this.dataDirectory = Optional.ofNullable(environment.get("PGDATA")).filter(value -> !value.isEmpty());
        String limit = environment.get("PGCTLTIMEOUT");
        this.timeout = limit == null ? DEFAULT_TIMEOUT : (int) Numbers.leading(limit);
    }

    /** Null if all is well. */
    Parsed.@Nullable Refused flag(char letter) {
        switch (letter) {
            case 's' -> silent = true;
            case 'c' -> coreFiles = true;
            case 'w' -> wait = true;
            case 'W' -> wait = false;
            case 'f' -> follow = true;
            case '0' -> allowRoot = true;
            default -> throw new AssertionError("flag -" + letter + " means nothing");
        }
        return null;
    }

    /** Null if all is well. */
    Parsed.@Nullable Refused option(char letter, String value) {
        switch (letter) {
            case 'D' -> dataDirectory = Optional.of(value);
            case 'l' -> log = Optional.of(Path.of(value));
            case 'o' ->
                options =
                        Optional.of(options.map(before -> before + " " + value).orElse(value));
            case 'p' -> program = Optional.of(value);
            case 't' -> timeout = (int) Numbers.leading(value);
            case 'm' -> {
                return mode(value);
            }
            case '1' ->
                kind = Optional.of(
                        ChildKind.named(value).map(ChildKind::backendType).orElse(value));
            case '2' -> {
                pid = Optional.of((int) Numbers.leading(value));
                return pid.get() > 0 ? null : refused("invalid process number", value);
            }
            case '3' -> {
                return level(value);
            }
            default -> throw new AssertionError("option -" + letter + " takes a value but means nothing");
        }
        return null;
    }

    /** CTL-14. */
    private Parsed.@Nullable Refused mode(String value) {
        for (ShutdownMode each : ShutdownMode.values()) {
            String word = each.name().toLowerCase(Locale.ROOT);
            if (each != ShutdownMode.NONE && (value.equals(word) || value.equals(word.substring(0, 1)))) {
                mode = each;
                return null;
            }
        }
        return refused("unrecognized shutdown mode", value);
    }

    private Parsed.@Nullable Refused level(String value) {
        for (Severity severity : Severity.values()) {
            if (severity.name().equalsIgnoreCase(value)) {
                level = Optional.of(severity);
                return null;
            }
        }
        return refused("unrecognized severity", value);
    }

    /** @param words what was no option, the verb first */
    Parsed request(Verb verb, List<String> words) {
        int taken = verb == Verb.KILL ? 3 : verb.isAboutAWorker() ? 2 : 1;
        if (words.size() < taken) {
            return refused(verb == Verb.KILL ? "missing arguments for kill mode" : "no background worker specified");
        }
        Optional<String> worker = verb.isAboutAWorker() ? Optional.of(words.get(1)) : Optional.empty();
        Optional<Request.KillTarget> kill = Optional.empty();
        if (verb == Verb.KILL) {
            Optional<Sig> signal = signal(words.get(1));
            if (signal.isEmpty()) {
                return refused("unrecognized signal name", words.get(1));
            }
            kill = Optional.of(new Request.KillTarget(signal.get(), Numbers.leading(words.get(2))));
        }
        if (words.size() > taken) {
            return refused("too many command-line arguments (first is \"" + words.get(taken) + "\")");
        }
        if (dataDirectory.isEmpty() && verb != Verb.KILL) {
            return refused("no database directory specified and environment variable PGDATA unset");
        }
        return new Parsed.Run(request(verb, kill, worker));
    }

    private Request request(Verb verb, Optional<Request.KillTarget> kill, Optional<String> worker) {
        return new Request(
                verb,
                dataDirectory.map(directory -> Path.of(directory).normalize()),
                new Request.Server(log, options, program, coreFiles, allowRoot),
                wait,
                timeout,
                silent,
                mode,
                kill,
                worker,
                new Request.LogFilter(follow, kind, pid, level));
    }

    private static Optional<Sig> signal(String name) {
        return KILL_SIGNALS.stream().filter(sig -> sig.name().equals(name)).findAny();
    }

    static Parsed.Refused refused(String problem, String word) {
        return refused(problem + " \"" + word + "\"");
    }

    static Parsed.Refused refused(String problem) {
        return new Parsed.Refused(Screen.NAME + ": " + problem + "\n" + Help.TRY);
    }
}
