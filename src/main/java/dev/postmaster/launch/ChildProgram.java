package dev.postmaster.launch;

import dev.postmaster.core.ChildKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a child is made of: the executable, what stands between argv[0] and {@code --forkchild=}, and the environment.
 *
 * @param executable path
 * @param arguments without argv[0], for each kind of child
 * @param environment lines {@code NAME=value}
 */
public record ChildProgram(String executable, Map<ChildKind, List<String>> arguments, List<String> environment) {
    /** Made for the postmaster's JVM, and printed to standard error by each JVM that finds one of them. */
    private static final Set<String> NOT_FOR_CHILDREN =
            Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JDK_AOT_VM_OPTIONS");

    public ChildProgram {
        arguments = Map.copyOf(arguments);
        environment = List.copyOf(environment);
    }

    /**
     * A child on a JVM.
     *
     * @param environment the postmaster's own
     */
    public static ChildProgram jvm(ChildJvm jvm, Map<String, String> environment) {
        Map<ChildKind, List<String>> arguments = new EnumMap<>(ChildKind.class);
        for (ChildKind kind : ChildKind.values()) {
            arguments.put(kind, jvm.arguments(kind));
        }
        return new ChildProgram(jvm.executable(), arguments, childEnvironment(environment));
    }

    /** A child of the running native image. */
    public static ChildProgram nativeImage(Map<String, String> environment) {
        return sameForAll(NativeImage.SELF, List.of(ChildJvm.HEAP), childEnvironment(environment));
    }

    /** A program that is started the same way for every kind of child. */
    public static ChildProgram sameForAll(String executable, List<String> arguments, List<String> environment) {
        Map<ChildKind, List<String>> each = new EnumMap<>(ChildKind.class);
        for (ChildKind kind : ChildKind.values()) {
            each.put(kind, arguments);
        }
        return new ChildProgram(executable, each, environment);
    }

    List<String> argumentsOf(ChildKind kind) {
        return arguments.getOrDefault(kind, List.of());
    }

    private static List<String> childEnvironment(Map<String, String> environment) {
        Map<String, String> passed = new TreeMap<>(environment);
        passed.keySet().removeAll(NOT_FOR_CHILDREN);
        passed.putAll(JvmSignals.ENVIRONMENT);
        return passed.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }
}
