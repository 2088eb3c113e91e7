package dev.postmaster.launch;

import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Where this program lies, and what its children are started from: a child's class path is three jars of ours, because
 * its start time is paid per process.
 *
 * @param home the directory with {@code quarkus-run.jar}, or with the native executable
 */
public record Installation(Path home) {
    private static final String RUN_JAR = "quarkus-run.jar";
    private static final String AOT_CACHE = "postmaster.aot";
    private static final List<String> CHILD_LIBRARIES =
            List.of("net.java.dev.jna.jna-*.jar", "org.xerial.sqlite-*.jar");

    /**
     * Where the running program was started from: by {@code -jar}, or by a class path that begins with the jar of ours.
     *
     * @throws ReportException FATAL if the layout is not that of a packaged application
     */
    public static Installation find() {
        if (NativeImage.isRunning()) {
            return new Installation(NativeImage.executable().resolveSibling(""));
        }
        // Not of the class itself: one from an AOT cache says where its jar was when the cache was made (decision
        // 0170).
        String first = System.getProperty("java.class.path").split(File.pathSeparator, 2)[0];
        Path jar = Path.of(first).toAbsolutePath();
        Path home = jar.resolve(jar.endsWith(RUN_JAR) ? ".." : "../..").normalize();
        if (!Files.isRegularFile(home.resolve(RUN_JAR))) {
            throw incomplete(jar, RUN_JAR);
        }
        return new Installation(home);
    }

    /** The program itself, for {@code java -jar}. */
    public Path runJar() {
        return home.resolve(RUN_JAR);
    }

    /** The postmaster's own AOT cache, if there is one (decision 0152). */
    public Path aotCache() {
        return home.resolve(AOT_CACHE);
    }

    /**
     * What the postmaster's JVM starts faster with: its AOT cache, if there is one. A JVM that it does not fit starts
     * without it and says nothing.
     */
    public List<String> fastStart() {
        return Files.isRegularFile(aotCache())
                ? List.of("-XX:AOTCache=" + aotCache(), "-Xlog:aot*=off", "-Xlog:cds*=off")
                : List.of();
    }

    /**
     * What children are made of, given the postmaster's environment. Whatever is missing is missed here, before there is
     * an environment.
     *
     * @param javaOptions the administrator's, for JVMs; a native image has none
     */
    public Function<Map<String, String>, ChildProgram> children(List<String> javaOptions) {
        if (NativeImage.isRunning()) {
            return ChildProgram::nativeImage;
        }
        ChildJvm jvm = childJvm(javaOptions);
        return environment -> ChildProgram.jvm(jvm, environment);
    }

    /** The JVM of a child, with options of the administrator's. */
    public ChildJvm childJvm(List<String> options) {
        var jars = new ArrayList<Path>(matches(home.resolve("app"), "*.jar"));
        for (String library : CHILD_LIBRARIES) {
            jars.addAll(matches(home.resolve("lib/main"), library));
        }
        return new ChildJvm(Path.of(System.getProperty("java.home")), jars, home, options);
    }

    private static List<Path> matches(Path directory, String glob) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
            var paths = new ArrayList<Path>();
            found.forEach(paths::add);
            if (paths.isEmpty()) {
                throw incomplete(directory, glob);
            }
            return paths;
        } catch (IOException e) {
            throw new ReportException(
                    FileErrors.report(Severity.FATAL, "could not open directory \"" + directory + "\"", e), e);
        }
    }

    private static ReportException incomplete(Path where, String missing) {
        return new ReportException(
                Report.of(Severity.FATAL, "the installation at \"" + where + "\" is incomplete: no " + missing)
                        .withHint("Build it with ./mvnw package and start target/quarkus-app/quarkus-run.jar."));
    }
}
