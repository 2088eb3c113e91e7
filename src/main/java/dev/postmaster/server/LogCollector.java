package dev.postmaster.server;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.launch.CommonParameters;
import dev.postmaster.launch.LogDescriptors;
import dev.postmaster.os.Fd;
import dev.postmaster.os.FdOutput;
import dev.postmaster.os.Fds;
import dev.postmaster.os.Os;
import dev.postmaster.os.OsException;
import dev.postmaster.os.Pipe;
import dev.postmaster.report.ProcessLog;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The postmaster's side of the log path (SysLogger_Start, LOG-1 to LOG-5): one pipe for the life of the postmaster, which
 * every syslogger reads and whose read end we keep, so that nobody who logs fails while one is replaced; and the way
 * back, on which records return to be shown on the console. The way back begins with the first syslogger and ends with
 * {@link #end}.
 */
final class LogCollector {
    /** What the pipe holds while nobody reads: a syslogger takes a third of a second to be replaced. */
    private static final int PIPE_BYTES = 1 << 20;

    private static final Duration LAST_RECORDS = Duration.ofSeconds(2);

    private final Os os;
    private final ProcessLog log;
    private final FirstLogFiles files;
    private final Pipe pipe;
    private final Pipe back;

    /** Standard error as the postmaster was given it. */
    private final Fd original;

    /** A stream to it. */
    private final FdOutput kept;

    private final Fd nullDevice;
    private final Console console;
    private final LogBacklog backlog;
    private final LogPublisher publisher;
    private final LogTap tap = new LogTap();
    private final LogSink sink;
    private boolean redirected;

    /**
     * Makes the pipes.
     *
     * @throws ReportException FATAL if there are none to be had
     */
    LogCollector(Os os, FirstLogFiles files, ProcessLog log, Console console) {
        this.os = os;
        this.files = files;
        this.log = log;
        this.console = console;
        Fds fds = os.fds();
        try {
            pipe = fds.pipe();
            fds.widen(pipe.writeEnd(), PIPE_BYTES);
            back = fds.pipe();
            nullDevice = fds.openNull();
            original = duplicateOfStandardError(fds);
            backlog = new LogBacklog(os.rawIo(), ownEnd(fds), os.thisProcess().pid(), this::tellDropped);
        } catch (OsException e) {
            throw fatal("could not create pipe for syslog", e);
        }
        kept = new FdOutput(os.rawIo(), original);
        publisher = new LogPublisher(kept);
        sink = new LogSink(os.rawIo(), back.readEnd(), line -> {
            console.moveTo(kept);
            tap.pass(line); // first: the console may be slow
            publisher.accept(line);
        });
    }

    private static Fd duplicateOfStandardError(Fds fds) {
        Fd standardError = fds.adopt(2);
        Fd duplicate = fds.duplicate(standardError, 3);
        standardError.release();
        return duplicate;
    }

    /** The same pipe opened once more: that it does not wait must not be shared with all who inherit standard error. */
    private Fd ownEnd(Fds fds) {
        Fd end = fds.append(Path.of("/proc/self/fd/" + pipe.writeEnd().number()), 0);
        fds.setNonBlocking(end, true);
        return end;
    }

    private void tellDropped(long count) {
        log.log(count + " log records of the postmaster were dropped while the logging collector did not read them");
    }

    /** What the next syslogger inherits; its files are opened now unless they are. */
    @OnLoop
    LogDescriptors prepare(Settings settings) {
        files.open(settings, redirected ? log : null);
        return new LogDescriptors(
                pipe.readEnd(), files.descriptors(), back.writeEnd(), redirected ? nullDevice : original);
    }

    /** It is launched: its files are its own now, and the log goes to it if it did not yet (LOG-4, LOG-5). */
    @OnLoop
    void launched(Settings settings) {
        files.close();
        if (!redirected) {
            log.report(Report.of(Severity.LOG, "redirecting log output to logging collector process")
                    .withHint(
                            "Future log output will appear in directory \"" + settings.get(Guc.LOG_DIRECTORY) + "\"."));
            redirect(pipe.writeEnd());
            pipe.writeEnd().close();
            backlog.start();
            log.collectTo(backlog);
            console.moveTo(backlog.plain());
            redirected = true;
            sink.start();
        }
    }

    /** Where others listen to what is passed to the console. */
    LogTap tap() {
        return tap;
    }

    /** How many records were passed to the console. Any thread. */
    long published() {
        return publisher.published();
    }

    /** How many records did not reach the console, or the log at all, because those were too slow. Any thread. */
    long dropped() {
        return publisher.dropped() + backlog.dropped();
    }

    /** What children launched from now on are told. */
    CommonParameters.Logging logging() {
        return new CommonParameters.Logging(redirected, files.time().getEpochSecond());
    }

    /** Quarkus is gone, and with it whoever showed records on the console: from now on that is done here. */
    void quarkusEnded() {
        publisher.goAlone();
    }

    /**
     * The last word is said: lets go of the pipe and waits, not for ever, until all that is in it
     * has been shown. Nobody but the postmaster is left to write to it by then. What the pipe did not take because nobody
     * reads it goes where the log went before there was a collector.
     */
    void end() {
        if (redirected) {
            long deadline = System.nanoTime() + LAST_RECORDS.toNanos();
            byte[] rest = backlog.end(LAST_RECORDS);
            redirect(original);
            log.collectNoMore();
            console.moveTo(kept);
            print(rest);
            back.writeEnd().close();
            sink.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    private void print(byte[] records) {
        try {
            kept.write(records);
        } catch (IOException unwritable) {
            return;
        }
    }

    private void redirect(Fd to) {
        redirect(to, 1, "stdout");
        redirect(to, 2, "stderr");
    }

    private void redirect(Fd to, int number, String name) {
        try {
            os.fds().duplicateTo(to, number);
        } catch (OsException e) {
            throw fatal("could not redirect " + name, e);
        }
    }

    private static ReportException fatal(String what, OsException e) {
        return new ReportException(
                Report.of(Severity.FATAL, what + ": " + e.errno().message()), e);
    }
}
