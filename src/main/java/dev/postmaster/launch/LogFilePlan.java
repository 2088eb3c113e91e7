package dev.postmaster.launch;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.logpipe.RecordForm;
import dev.postmaster.report.LogDestination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;

/**
 * Which log files there shall be under these settings, and what they are like (LOG-26, LOG-27). Postmaster and syslogger
 * know it both: the one opens the first files, the other all that follow.
 *
 * @param dataDirectory where a relative {@code log_directory} begins
 */
public record LogFilePlan(Path dataDirectory, Settings settings) {
    private static final String TEXT_SUFFIX = ".log";
    private static final int WRITABLE = 0200;
    private static final int EXECUTABLE = 0111;

    /** {@code log_directory}. */
    public Path directory() {
        return dataDirectory.resolve(settings.get(Guc.LOG_DIRECTORY));
    }

    /** Creates a directory of log files, ours alone. If it cannot be created, opening the files will tell why. */
    public static void createDirectory(Path directory) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            return;
        }
    }

    /** Whether {@code log_destination} names the file of this form. */
    public boolean isDestination(RecordForm form) {
        return settings.get(Guc.LOG_DESTINATION).contains(LogDestination.fileOf(form));
    }

    /** Whether this form has a file of its own; the text form always has. */
    public boolean isWanted(RecordForm form) {
        return form == RecordForm.TEXT || isDestination(form);
    }

    /** The mode of each file: {@code log_file_mode}, always writable to us and never executable. */
    public int mode() {
        return (settings.get(Guc.LOG_FILE_MODE) | WRITABLE) & ~EXECUTABLE;
    }

    /** The file for records of this form that begins at this time. */
    public Path file(RecordForm form, Instant at) {
        String name = Strftime.format(settings.get(Guc.LOG_FILENAME), at.atZone(settings.get(Guc.LOG_TIMEZONE)));
        return directory()
                .resolve(
                        switch (form) {
                            case TEXT -> name;
                            case CSV -> withSuffix(name, ".csv");
                            case JSON -> withSuffix(name, ".json");
                        });
    }

    /** A log file as {@code current_logfiles} names it: in the data directory unless {@code log_directory} is absolute (LOG-33). */
    public Path asNamed(Path file) {
        return Path.of(settings.get(Guc.LOG_DIRECTORY)).isAbsolute() ? file : dataDirectory.relativize(file);
    }

    private static String withSuffix(String name, String suffix) {
        boolean replace = name.length() > TEXT_SUFFIX.length() && name.endsWith(TEXT_SUFFIX);
        return (replace ? name.substring(0, name.length() - TEXT_SUFFIX.length()) : name) + suffix;
    }
}
