package dev.postmaster.launch;

import dev.postmaster.core.ChildKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM that children run on.
 *
 * @param javaHome the JDK or JRE
 * @param jars the class path: jars only, else an AOT cache does not fit
 * @param home may hold the unpacked native libraries in {@code native} and an AOT cache, {@value #AOT_CACHE}
 * @param options the administrator's, after the fixed ones
 */
public record ChildJvm(Path javaHome, List<Path> jars, Path home, List<String> options) {
    /**
     * Classes of a child, loaded and linked ahead of time. A JVM that it does not fit, of another JDK or with another
     * class path, starts without it.
     */
    private static final String AOT_CACHE = "child.aot";

    /** Directory of the native libraries that the build has unpacked. */
    static final String LIBRARIES = "native";

    /** The ceiling of a child's heap, on a JVM or not. */
    static final String HEAP = "-Xmx256m";

    private static final String MAIN_CLASS = "dev.postmaster.Main";

    /**
     * Fixed, so that a child starts the same everywhere: no signal handlers of the JVM's own, the cheapest collector, a heap
     * that starts small (decision 0151), the AOT cache in the same place in all, so that they share its pages, and free memory
     * given back every ten seconds (decision 0153), no classes generated for a single reflective call, no file in /tmp, no
     * JVM log line on standard output. What happens when memory is out is the child's to say: see decision 0033.
     */
    private static final List<String> FIXED = List.of(
            JvmSignals.REDUCED,
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xms12m",
            HEAP,
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            "-XX:TrimNativeHeapInterval=10000",
            "-Djdk.reflect.useNativeAccessorOnly=true",
            "-Xlog:disable",
            "--enable-native-access=ALL-UNNAMED");

    /**
     * The cheapest compiler, for all but the syslogger. That one lives as long as the postmaster, and the better compiler
     * makes it cost a third less (decision 0054).
     */
    private static final String CHEAP_COMPILER = "-XX:TieredStopAtLevel=1";

    public ChildJvm {
        jars = List.copyOf(jars);
        options = List.copyOf(options);
    }

    /** The AOT cache, if there is one. */
    public Path aotCache() {
        return home.resolve(AOT_CACHE);
    }

    /**
     * The command that makes an AOT cache for children.
     *
     * @param classes what they need, as {@code -XX:DumpLoadedClassList} writes it
     * @param cache the file to write
     */
    public List<String> aotCommand(Path classes, Path cache) {
        List<String> command = new ArrayList<>(List.of(executable()));
        command.addAll(FIXED);
        command.add(CHEAP_COMPILER);
        command.add("-Xshare:dump"); // not with -XX:+AOTClassLinking: the lambdas in the lists would be left out
        command.add("-XX:SharedClassListFile=" + classes);
        command.add("-XX:SharedArchiveFile=" + cache);
        command.add("-cp");
        command.add(classPath());
        return command;
    }

    String executable() {
        return javaHome.resolve("bin/java").toString();
    }

    /** What stands between argv[0] and {@code --forkchild=}. */
    List<String> arguments(ChildKind kind) {
        List<String> arguments = new ArrayList<>(FIXED);
        if (kind != ChildKind.SYSLOGGER) {
            arguments.add(CHEAP_COMPILER);
        }
        Path libraries = home.resolve(LIBRARIES);
        if (Files.isDirectory(libraries)) {
            arguments.add("-Djna.boot.library.path=" + libraries);
            arguments.add("-Djna.nounpack=true");
            arguments.add("-Dorg.sqlite.lib.path=" + libraries);
        }
        if (Files.isRegularFile(aotCache())) {
            arguments.add("-XX:AOTCache=" + aotCache());
        }
        arguments.addAll(options);
        arguments.add("-cp");
        arguments.add(classPath());
        arguments.add(MAIN_CLASS);
        return arguments;
    }

    private String classPath() {
        return String.join(":", jars.stream().map(Path::toString).toList());
    }
}
