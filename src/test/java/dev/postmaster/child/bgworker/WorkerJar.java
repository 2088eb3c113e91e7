package dev.postmaster.child.bgworker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A jar of workers, compiled from source as an author would do it. */
public final class WorkerJar {
    private WorkerJar() {}

    /**
     * Compiles source files and puts the classes into a jar.
     *
     * @param classPath where the worker API is
     * @param work an empty directory for the classes
     */
    public static void build(Path jar, String classPath, Path work, List<Path> sources) throws IOException {
        String[] arguments = Stream.concat(
                        Stream.of("-proc:none", "-d", work.toString(), "-cp", classPath),
                        sources.stream().map(Path::toString))
                .toArray(String[]::new);
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments);
        if (status != 0) {
            throw new IOException("javac exited with status " + status);
        }
        pack(jar, work);
    }

    /** A jar with all files below a directory. */
    static void pack(Path jar, Path directory) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(directory)) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(directory.relativize(path).toString()));
                Files.copy(path, out);
                out.closeEntry();
            }
        }
    }
}
