package dev.postmaster.server;

import dev.postmaster.launch.ChildProgram;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where this program lies, and what its children are started from: a child's class path is three jars of ours, because
 * its start time is paid per process.
 *
 * @param home the directory with {@code quarkus-run.jar}
 */
record Installation(Path home) {
    private static final List<String> CHILD_LIBRARIES =
            List.of("net.java.dev.jna.jna-*.jar", "org.xerial.sqlite-*.jar");

    /** @throws ReportException FATAL if the layout is not that of a packaged application */
    static Installation find() {
        try {
            Path jar = Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path home = jar.resolve("../..").normalize();
            if (Files.isRegularFile(home.resolve("quarkus-run.jar"))) {
                return new Installation(home);
            }
            throw incomplete(jar, "quarkus-run.jar");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The program of a child, with the environment given. */
    ChildProgram childProgram(Map<String, String> environment) {
        var jars = new ArrayList<Path>(matches(home.resolve("app"), "*.jar"));
        for (String library : CHILD_LIBRARIES) {
            jars.addAll(matches(home.resolve("lib/main"), library));
        }
        return ChildProgram.jvm(Path.of(System.getProperty("java.home")), jars, home, environment);
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
