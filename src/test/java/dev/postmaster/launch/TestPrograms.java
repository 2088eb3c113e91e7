package dev.postmaster.launch;

import dev.postmaster.core.ChildKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What children are made of in tests. */
public final class TestPrograms {
    private TestPrograms() {}

    /** A shell that runs a script; its {@code $0} and {@code $1} are the child's arguments. */
    public static ChildProgram shell(String script) {
        return ChildProgram.sameForAll(
                "/bin/sh", List.of("-c", script), List.of("PATH=/usr/bin:/bin", "SAMPLE=passed on"));
    }

    /** A JVM with the options of a real child, running another main class. */
    public static ChildProgram jvm(Class<?> main) {
        List<Path> classPath = List.of(System.getProperty("java.class.path").split(":", -1)).stream()
                .filter(entry ->
                        entry.endsWith("classes") || entry.contains("/jna/") || entry.contains("/sqlite-jdbc/"))
                .map(Path::of)
                .toList();
        ChildProgram real = ChildProgram.jvm(
                new ChildJvm(Path.of(System.getProperty("java.home")), classPath, Path.of("/nowhere"), List.of()),
                System.getenv());
        List<String> arguments = new ArrayList<>(real.argumentsOf(ChildKind.BACKEND));
        arguments.set(arguments.size() - 1, main.getName());
        return ChildProgram.sameForAll(real.executable(), arguments, real.environment());
    }
}
