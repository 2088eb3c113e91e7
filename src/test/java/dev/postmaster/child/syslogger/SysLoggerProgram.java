package dev.postmaster.child.syslogger;

import dev.postmaster.cluster.FileModes;
import dev.postmaster.config.LogSettings;
import dev.postmaster.config.Settings;
import dev.postmaster.logpipe.RecordForm;
import dev.postmaster.report.LogSource;
import dev.postmaster.report.ProcessLog;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A syslogger without a postmaster, on standard input: data directory, pattern of the file names, kilobytes after which
 * a file is full. Its clock runs ahead, a second with each look, so that each file has a name of its own.
 */
final class SysLoggerProgram {
    private SysLoggerProgram() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Settings settings = Settings.ofNonDefaults(
                Map.of("log_filename", args[1], "log_rotation_size", args[2] + "kB", "log_rotation_age", "0"));
        AtomicLong looks = new AtomicLong();
        Instant start = Instant.now();
        InstantSource clock = () -> start.plusSeconds(looks.incrementAndGet());
        LogFiles files = new LogFiles(directory);
        files.change(RecordForm.TEXT, clock.instant(), settings, RotationRule.Cause.REQUEST);
        ProcessLog log = new ProcessLog(
                OutputStream.nullOutputStream(), LogSource.of(1, "logger", start), LogSettings.format(settings), clock);
        CurrentLogFiles current = new CurrentLogFiles(directory, FileModes.OWNER_ONLY);
        ConsoleFeed feed = new ConsoleFeed(OutputStream.nullOutputStream());
        feed.start();
        Drain drain = new Drain(files, new FileKeeper(files, current, directory, log), feed, log, clock);
        drain.begin(settings);
        SysLoggerMain.readAll(new FileInputStream(FileDescriptor.in).getChannel(), drain);
        drain.end();
    }
}
