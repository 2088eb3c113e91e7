package dev.postmaster.os;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a new process starts with. What is not listed here does not reach it: no descriptor, no variable, no signal
 * handler, no ignored signal.
 *
 * @param program path of the executable; a relative one starts at {@code directory}; there is no search in PATH
 * @param arguments argv, whose first element is the name the program is told it has
 * @param environment lines {@code NAME=value}
 * @param directory working directory; null for that of this process
 * @param blocked the signal mask
 * @param descriptors the open descriptors, each target once
 */
public record SpawnPlan(
        String program,
        List<String> arguments,
        List<String> environment,
        @Nullable Path directory,
        SignalSet blocked,
        List<Inherited> descriptors) {

    /** The child's descriptor {@code target} refers to the file that {@code source} refers to here. */
    public record Inherited(int target, int source) {
        public Inherited {
            if (target < 0 || source < 0) {
                throw new IllegalArgumentException("not descriptors: " + source + " as " + target);
            }
        }
    }

    public SpawnPlan {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("no argv[0] for " + program);
        }
        Set<Integer> targets = new HashSet<>();
        for (Inherited descriptor : descriptors) {
            if (!targets.add(descriptor.target())) {
                throw new IllegalArgumentException("descriptor " + descriptor.target() + " is planned twice");
            }
        }
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        descriptors = List.copyOf(descriptors);
    }

    /** A plan with an empty environment, no descriptors, no blocked signals, in the directory of this process. */
    public static SpawnPlan of(String program, List<String> arguments) {
        return new SpawnPlan(program, arguments, List.of(), null, SignalSet.NONE, List.of());
    }

    public SpawnPlan environment(List<String> lines) {
        return new SpawnPlan(program, arguments, lines, directory, blocked, descriptors);
    }

    public SpawnPlan directory(Path path) {
        return new SpawnPlan(program, arguments, environment, path, blocked, descriptors);
    }

    public SpawnPlan blocking(SignalSet signals) {
        return new SpawnPlan(program, arguments, environment, directory, signals, descriptors);
    }

    /** Adds {@code fd} under the number {@code target}. It stays open and owned here. */
    public SpawnPlan inherit(Fd fd, int target) {
        return inheriting(new Inherited(target, fd.number()));
    }

    /** Adds this process's own descriptor {@code number}, such as 2, under the same number. */
    public SpawnPlan inheritStandard(int number) {
        return inheriting(new Inherited(number, number));
    }

    private SpawnPlan inheriting(Inherited added) {
        List<Inherited> all = new ArrayList<>(descriptors);
        all.add(added);
        return new SpawnPlan(program, arguments, environment, directory, blocked, all);
    }
}
