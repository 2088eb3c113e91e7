package dev.postmaster.server;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.launch.LogFileNames;
import dev.postmaster.logpipe.RecordForm;
import dev.postmaster.os.Fd;
import dev.postmaster.os.Fds;
import dev.postmaster.os.OsException;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.LogDestination;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files that a syslogger finds open when it starts (LOG-2). They are open here until it has them. */
final class FirstLogFiles {
    private static final int WRITABLE = 0200;
    private static final int EXECUTABLE = 0111;

    private final Fds fds;
    private final Path dataDirectory;
    private final Map<RecordForm, Fd> files = new EnumMap<>(RecordForm.class);
    private Instant time = Instant.EPOCH;

    FirstLogFiles(Fds fds, Path dataDirectory) {
        this.fds = fds;
        this.dataDirectory = dataDirectory;
    }

    /**
     * Opens them, unless they are open from a launch that failed.
     *
     * @param log told what cannot be opened; null if that shall end the start of the postmaster instead. The successor of
     *     a syslogger starts without such a file and tries again itself, where PostgreSQL's postmaster would end
     * @throws ReportException FATAL
     */
    void open(Settings settings, @Nullable Log log) {
        if (!files.isEmpty()) {
            return;
        }
        time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        LogFileNames names = new LogFileNames(dataDirectory, settings);
        createDirectory(names.directory());
        for (RecordForm form : wanted(settings)) {
            Path path = names.file(form, time);
            try {
                files.put(form, fds.append(path, mode(settings)));
            } catch (OsException e) {
                refuse(path, e, log);
            }
        }
    }

    private static void refuse(Path path, OsException e, @Nullable Log log) {
        Report report = Report.of(
                log == null ? Severity.FATAL : Severity.LOG,
                FileErrors.sqlState(e.errno().number()),
                "could not open log file \"" + path + "\": " + e.errno().message());
        if (log == null) {
            throw new ReportException(report, e);
        }
        log.report(report);
    }

    private static Set<RecordForm> wanted(Settings settings) {
        Set<LogDestination> destinations = settings.get(Guc.LOG_DESTINATION);
        EnumSet<RecordForm> wanted = EnumSet.of(RecordForm.TEXT);
        if (destinations.contains(LogDestination.CSVLOG)) {
            wanted.add(RecordForm.CSV);
        }
        if (destinations.contains(LogDestination.JSONLOG)) {
            wanted.add(RecordForm.JSON);
        }
        return wanted;
    }

    private static int mode(Settings settings) {
        return (settings.get(Guc.LOG_FILE_MODE) | WRITABLE) & ~EXECUTABLE;
    }

    /** If it cannot be created, opening the files will tell why. */
    private static void createDirectory(Path directory) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            return;
        }
    }

    /** Those that are open. */
    Map<RecordForm, Fd> descriptors() {
        return Map.copyOf(files);
    }

    /** What they are named after. */
    Instant time() {
        return time;
    }

    Path directory(Settings settings) {
        return new LogFileNames(dataDirectory, settings).directory();
    }

    void close() {
        files.values().forEach(Fd::close);
        files.clear();
    }
}
