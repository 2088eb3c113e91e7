package dev.postmaster.child.syslogger;

import dev.postmaster.child.ChildContext;
import dev.postmaster.child.ChildLatch;
import dev.postmaster.child.ChildMain;
import dev.postmaster.core.Sig;
import dev.postmaster.launch.LogFilePlan;
import dev.postmaster.launch.SysLoggerStartup;
import dev.postmaster.logpipe.RecordForm;
import dev.postmaster.os.Fd;
import dev.postmaster.os.FdOutput;
import dev.postmaster.os.Os;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The syslogger: reads its standard input, the log pipe, until the last process that could write to it is gone, and exits
 * with 0. SIGHUP reloads, SIGUSR1 begins new files; it ignores every other signal, and the death of the postmaster
 * (SG-19, LOG-6).
 */
public final class SysLoggerMain implements ChildMain {
    private static final int FAILED = 1;
    private static final int LITTLE = 64 << 10;
    private static final long PAUSE_NANOS = Duration.ofNanos(100_000).toNanos();
    private static final Duration LONGEST_SLEEP = Duration.ofHours(1);
    /** A rotation that failed and may be tried again is not tried all the time. */
    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(500);

    private static final Duration AFTER_ERROR = Duration.ofSeconds(1);

    private final Os os = Os.open();
    private final InstantSource clock = InstantSource.system();

    @Override
    public int run(ChildContext context) throws IOException, InterruptedException {
        os.thisProcess().setMask(0); // each file here is created with the mode it shall have
        SysLoggerStartup told = (SysLoggerStartup) context.startupData();
        ConsoleFeed feed = new ConsoleFeed(new FdOutput(os.rawIo(), os.fds().adopt(told.sink())));
        feed.start();
        Path dataDirectory = context.layout().dataDirectory();
        LogFiles files = inherited(context, told);
        CurrentLogFiles current = new CurrentLogFiles(dataDirectory, context.modes());
        Drain drain = new Drain(
                files, new FileKeeper(files, current, dataDirectory, context.log()), feed, context.log(), clock);
        drain.begin(context.settings());
        context.signals().toLatch(Sig.HUP, Sig.USR1).unblock();
        Thread.ofPlatform().name("clerk").daemon().start(() -> serveSignalsAndClock(context, drain));
        readAll(new FileInputStream(FileDescriptor.in).getChannel(), drain);
        drain.end();
        feed.end();
        return 0;
    }

    private LogFiles inherited(ChildContext context, SysLoggerStartup told) throws IOException {
        Path dataDirectory = context.layout().dataDirectory();
        LogFiles files = new LogFiles(dataDirectory);
        LogFilePlan plan = new LogFilePlan(dataDirectory, context.settings());
        Instant at =
                Instant.ofEpochSecond(context.parameters().common().logging().firstFileTime());
        for (RecordForm form : RecordForm.values()) {
            int number =
                    switch (form) {
                        case TEXT -> told.stderr();
                        case CSV -> told.csv();
                        case JSON -> told.json();
                    };
            if (number != SysLoggerStartup.NOT_OPEN) {
                files.adopt(form, new LogFile(plan.file(form, at), channel(number)));
            } else if (plan.isWanted(form)) {
                files.adopt(form, new LogFile(plan.file(form, at), null));
            }
        }
        return files;
    }

    /** A second description of the open file, because Java takes no descriptor; the first is closed. */
    private FileChannel channel(int number) throws IOException {
        try (Fd inherited = os.fds().adopt(number)) {
            return FileChannel.open(
                    Path.of("/proc/self/fd/" + inherited.number()),
                    Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        }
    }

    /**
     * A read that found little is followed by a pause: the pipe has room for what comes meanwhile, and whoever writes to a
     * pipe that nobody waits for wakes nobody. It is too short for anybody who looks at the file to notice.
     */
    static void readAll(ReadableByteChannel pipe, Drain drain) throws InterruptedException {
        while (true) {
            try {
                int length = pipe.read(drain.space());
                if (length < 0) {
                    return;
                }
                drain.received();
                if (length < LITTLE) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (IOException e) {
                drain.readFailed(FileErrors.words(e));
                Thread.sleep(AFTER_ERROR);
            }
        }
    }

    private void serveSignalsAndClock(ChildContext context, Drain drain) {
        ChildLatch latch = context.signals().latch();
        try {
            Duration sleep = Duration.ZERO;
            while (true) {
                Instant next = drain.turn(latch.await(sleep), context::reload);
                Instant now = clock.instant();
                Duration left = next.isAfter(now.plus(LONGEST_SLEEP)) ? LONGEST_SLEEP : Duration.between(now, next);
                sleep = left.compareTo(SHORTEST_SLEEP) < 0 ? SHORTEST_SLEEP : left;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error defect) {
            // Without this thread no file would ever be changed again; a successor has one.
            context.log().report(Report.of(Severity.FATAL, "the clerk of the log files failed: " + defect));
            os.thisProcess().exit(FAILED);
        }
    }
}
