package dev.postmaster.launch;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.logpipe.RecordForm;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What log files are called under these settings (LOG-26). Postmaster and syslogger know it both: the one opens the first
 * files, the other all that follow.
 *
 * @param dataDirectory where a relative {@code log_directory} begins
 */
public record LogFileNames(Path dataDirectory, Settings settings) {
    private static final String TEXT_SUFFIX = ".log";

    /** {@code log_directory}. */
    public Path directory() {
        return dataDirectory.resolve(settings.get(Guc.LOG_DIRECTORY));
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

    private static String withSuffix(String name, String suffix) {
        boolean replace = name.length() > TEXT_SUFFIX.length() && name.endsWith(TEXT_SUFFIX);
        return (replace ? name.substring(0, name.length() - TEXT_SUFFIX.length()) : name) + suffix;
    }
}
