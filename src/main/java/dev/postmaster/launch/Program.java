package dev.postmaster.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that is none of ours and knows nothing of us.
 *
 * @param argv the program and its arguments; no shell looks at them. Without a slash it is looked up in PATH
 * @param environment lines {@code NAME=value}, stronger than what is passed on from the postmaster
 * @param directory working directory; null for the data directory, relative ones begin there
 * @param user whom to run as: {@code user}, or {@code user:group}, by name or number; empty for the postmaster's own
 * @param limits resource limits by prlimit's names: {@code nofile=1024}, {@code nproc=64:128}
 */
public record Program(
        List<String> argv,
        List<String> environment,
        @Nullable Path directory,
        String user,
        List<String> limits) {

    /** @throws IllegalArgumentException without a program, or with a line that sets no variable */
    public Program {
        argv = List.copyOf(argv);
        environment = List.copyOf(environment);
        limits = List.copyOf(limits);
        if (argv.isEmpty() || argv.getFirst().isEmpty()) {
            throw new IllegalArgumentException("no program");
        }
        for (String line : environment) {
            if (line.indexOf('=') < 1) {
                throw new IllegalArgumentException("no variable: " + line);
            }
        }
    }

    /** A program that runs as the postmaster does, in the data directory. */
    public static Program of(List<String> argv) {
        return new Program(argv, List.of(), null, "", List.of());
    }

    /** With these lines of environment as well. */
    public Program with(List<String> lines) {
        List<String> all = new ArrayList<>(environment);
        all.addAll(lines);
        return new Program(argv, all, directory, user, limits);
    }
}
