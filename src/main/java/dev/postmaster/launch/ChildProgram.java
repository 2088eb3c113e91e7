package dev.postmaster.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    /**
     * The signal a JVM uses to suspend its own threads. It is SIGUSR2 by default, which the children need (N-3); this is
     * a real-time signal that nothing else here uses.
     */
    private static final String SUSPEND_SIGNAL = "60";

    /** Made for the postmaster's JVM, and printed to standard error by each JVM that finds one of them. */
    private static final Set<String> NOT_FOR_CHILDREN =
            Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JDK_AOT_VM_OPTIONS");

    /**
     * Fixed, so that a child starts the same everywhere: no signal handlers of the JVM's own, the cheapest collector and
     * compiler, no file in /tmp, no JVM log line on standard output, an end by SIGABRT when memory is out (exit status
     * would say 3, which means "recovery target reached" in a startup process).
     */
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xrs",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xmx256m",
            "-XX:+CrashOnOutOfMemoryError",
            "-Xlog:disable",
            "--enable-native-access=ALL-UNNAMED");

    private static final String MAIN_CLASS = "dev.postmaster.Main";

    public ChildProgram {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
    }

    /**
     * A child on a JVM.
     *
     * @param javaHome the JDK or JRE
     * @param jars the class path: jars only, else an AOT cache does not fit
     * @param home may hold the unpacked native libraries in {@code native} and an AOT cache {@code child.aot}
     * @param environment the postmaster's own
     */
    public static ChildProgram jvm(Path javaHome, List<Path> jars, Path home, Map<String, String> environment) {
        List<String> arguments = new ArrayList<>(JVM_OPTIONS);
        Path libraries = home.resolve("native");
        if (Files.isDirectory(libraries)) {
            arguments.add("-Djna.boot.library.path=" + libraries);
            arguments.add("-Djna.nounpack=true");
            arguments.add("-Dorg.sqlite.lib.path=" + libraries);
        }
        Path cache = home.resolve("child.aot");
        if (Files.isRegularFile(cache)) {
            arguments.add("-XX:AOTCache=" + cache);
        }
        arguments.add("-cp");
        arguments.add(String.join(":", jars.stream().map(Path::toString).toList()));
        arguments.add(MAIN_CLASS);
        return new ChildProgram(javaHome.resolve("bin/java").toString(), arguments, childEnvironment(environment));
    }

    /** A child of the running native image. */
    public static ChildProgram nativeImage(Map<String, String> environment) {
        return new ChildProgram("/proc/self/exe", List.of(), childEnvironment(environment));
    }

    private static List<String> childEnvironment(Map<String, String> environment) {
        Map<String, String> passed = new TreeMap<>(environment);
        passed.keySet().removeAll(NOT_FOR_CHILDREN);
        passed.put("_JAVA_SR_SIGNUM", SUSPEND_SIGNAL);
        return passed.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }
}
