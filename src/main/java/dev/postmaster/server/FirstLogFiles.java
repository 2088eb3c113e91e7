package dev.postmaster.server;

import dev.postmaster.config.Settings;
import dev.postmaster.launch.LogFilePlan;
import dev.postmaster.logpipe.RecordForm;
import dev.postmaster.os.Fd;
import dev.postmaster.os.Fds;
import dev.postmaster.os.OsException;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files that a syslogger finds open when it starts (LOG-2). They are open here until it has them. */
final class FirstLogFiles {
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
        LogFilePlan plan = new LogFilePlan(dataDirectory, settings);
        LogFilePlan.createDirectory(plan.directory());
        for (RecordForm form : RecordForm.values()) {
            if (plan.isWanted(form)) {
                open(plan.file(form, time), form, plan.mode(), log);
            }
        }
    }

    private void open(Path path, RecordForm form, int mode, @Nullable Log log) {
        try {
            files.put(form, fds.append(path, mode));
        } catch (OsException e) {
            refuse(path, e, log);
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

    /** Those that are open. */
    Map<RecordForm, Fd> descriptors() {
        return Map.copyOf(files);
    }

    /** What they are named after. */
    Instant time() {
        return time;
    }

    void close() {
        files.values().forEach(Fd::close);
        files.clear();
    }
}
