package dev.postmaster.launch;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a child is made of: the executable, what stands between argv[0] and {@code --forkchild=}, and the environment.
 *
 * @param executable path
 * @param arguments without argv[0]; empty for a native image
 * @param environment lines {@code NAME=value}
 */
public record ChildProgram(String executable, List<String> arguments, List<String> environment) {
    /** Made for the postmaster's JVM, and printed to standard error by each JVM that finds one of them. */
    private static final Set<String> NOT_FOR_CHILDREN =
            Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JDK_AOT_VM_OPTIONS");

    public ChildProgram {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
    }

    /**
     * A child on a JVM.
     *
     * @param environment the postmaster's own
     */
    public static ChildProgram jvm(ChildJvm jvm, Map<String, String> environment) {
        return new ChildProgram(jvm.executable(), jvm.arguments(), childEnvironment(environment));
    }

    /** A child of the running native image. */
    public static ChildProgram nativeImage(Map<String, String> environment) {
        return new ChildProgram("/proc/self/exe", List.of(), childEnvironment(environment));
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
