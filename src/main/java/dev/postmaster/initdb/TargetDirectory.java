package dev.postmaster.initdb;

import dev.postmaster.cluster.FileModes;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directory a cluster is created in: not there yet, or there and empty (pg_check_dir). */
final class TargetDirectory {
    private final Path directory;
    private final boolean exists;
    private boolean touched;

    private TargetDirectory(Path directory, boolean exists) {
        this.directory = directory;
        this.exists = exists;
    }

    /** Looks at the directory; FATAL when something is in it. */
    static TargetDirectory inspect(Path directory) {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return new TargetDirectory(directory, false);
        }
        List<String> names = names(directory);
        if (!names.isEmpty()) {
            throw new ReportException(inUse(directory, names));
        }
        return new TargetDirectory(directory, true);
    }

    private static List<String> names(Path directory) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
            return names;
        } catch (IOException e) {
            throw failed("could not access directory \"" + directory + "\"", e);
        }
    }

    private static Report inUse(Path directory, List<String> names) {
        Report report = Report.of(
                Severity.FATAL, SqlState.DUPLICATE_FILE, "directory \"" + directory + "\" exists but is not empty");
        String mountPoint = "Using a mount point directly as the data directory is not recommended.\n"
                + "Create a subdirectory under the mount point.";
        if (names.stream().allMatch(name -> name.startsWith("."))) {
            return report.withDetail(
                            "It contains a dot-prefixed/invisible file, perhaps due to it being a mount point.")
                    .withHint(mountPoint);
        }
        if (names.contains("lost+found")) {
            return report.withDetail("It contains a lost+found directory, perhaps due to it being a mount point.")
                    .withHint(mountPoint);
        }
        return report.withHint("If you want to create a new database system, either remove or empty the directory \""
                + directory + "\" or run initdb with an argument other than \"" + directory + "\".");
    }

    /** What {@link #prepare} is about to do, in initdb's words. */
    String creation() {
        return exists ? "fixing permissions on existing directory " + directory : "creating directory " + directory;
    }

    void prepare(FileModes modes) {
        String failure = exists ? "could not change permissions of directory" : "could not create directory";
        try {
            touched = true;
            Files.createDirectories(directory);
            // Set, not only asked for: the mask of the one who calls may be stricter or the directory older.
            Files.setPosixFilePermissions(directory, modes.directory().value());
        } catch (IOException e) {
            throw failed(failure + " \"" + directory + "\"", e);
        }
    }

    /** What {@link #restore} is about to do, in initdb's words. */
    String restoration() {
        return (exists ? "removing contents of data directory \"" : "removing data directory \"") + directory + '"';
    }

    boolean touched() {
        return touched && Files.isDirectory(directory);
    }

    /** Leaves the directory as it was found. */
    void restore() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!(exists && path.equals(directory))) {
                    Files.delete(path);
                }
            }
        }
    }

    private static ReportException failed(String message, IOException cause) {
        return new ReportException(FileErrors.report(Severity.FATAL, message, cause), cause);
    }
}
