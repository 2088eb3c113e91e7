package dev.postmaster.child.syslogger;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.core.Sig;
import dev.postmaster.logpipe.ChunkAssembler;
import dev.postmaster.logpipe.DroppedRecords;
import dev.postmaster.logpipe.LineSplitter;
import dev.postmaster.logpipe.RecordForm;
import dev.postmaster.logpipe.RecordOutput;
import dev.postmaster.report.JsonLine;
import dev.postmaster.report.LogDestination;
import dev.postmaster.report.ProcessLog;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Where everything goes that comes out of the pipe: to its file, and to the console if that is a destination. The one
 * lock of the syslogger: the thread that reads and the one that hears signals and the clock take turns here.
 *
 * <p>Every byte of a record, and every foreign byte, is either in a file or reported lost.
 */
final class Drain implements ChunkAssembler.Receiver, RecordOutput {
    private static final int MAX_PLAIN_LINE = 64 << 10;

    private final LogFiles files;
    private final FileKeeper keeper;
    private final ConsoleFeed feed;
    private final ProcessLog log;
    private final InstantSource clock;
    private final ChunkAssembler assembler = new ChunkAssembler(this);
    private final LineSplitter plain = new LineSplitter(MAX_PLAIN_LINE, this::showLine);
    private Settings settings = Settings.DEFAULTS;
    private long reportedLost;

    /** Whether standard error was told that a file cannot be written. */
    private boolean complained;

    Drain(LogFiles files, FileKeeper keeper, ConsoleFeed feed, ProcessLog log, InstantSource clock) {
        this.files = files;
        this.keeper = keeper;
        this.feed = feed;
        this.log = log;
        this.clock = clock;
    }

    synchronized void begin(Settings initial) {
        settings = initial;
        log.collectTo(this);
        keeper.begin(initial, clock.instant());
        settle();
    }

    /** Where what is read from the pipe goes; then {@link #received} is to be called. By the reading thread only. */
    ByteBuffer space() {
        return assembler.space();
    }

    /** Something has come out of the pipe. */
    synchronized void received() {
        assembler.digest();
        settle();
    }

    /** LOG-16. */
    synchronized void readFailed(String reason) {
        log.report(Report.of(Severity.LOG, "could not read from logger pipe: " + reason));
        settle();
    }

    /** Signals have come, or the planned time; returns when to be called at the latest. */
    synchronized Instant turn(Set<Sig> signals, UnaryOperator<Settings> reload) {
        if (signals.contains(Sig.HUP)) {
            settings = reload.apply(settings);
            keeper.reload(settings, clock.instant());
        }
        if (signals.contains(Sig.USR1)) {
            keeper.request();
        }
        settle();
        return keeper.planned();
    }

    /** The last writer is gone (LOG-7, LOG-15). What the console did not get is known when it has got the rest. */
    synchronized void end() throws InterruptedException {
        assembler.end();
        plain.flush();
        log.report(Report.of(Severity.DEBUG1, "logger shutting down"));
        settle();
        feed.awaitSent();
        settle();
        files.close();
    }

    /** Nothing stays in a buffer while the pipe is empty (LOG-27), and nothing goes to a file that somebody deleted. */
    private void settle() {
        keeper.keep(clock.instant());
        files.flush();
        tellLosses();
        files.flush();
    }

    private void tellLosses() {
        String failure = files.failure();
        if (!failure.isEmpty()) {
            if (!complained) {
                System.err.print("could not write to log file: " + failure + "\n");
                complained = true;
            }
            return; // the report would be lost as well
        }
        complained = false;
        long lost = files.lost();
        if (lost > reportedLost) {
            log.report(Report.of(
                    Severity.LOG,
                    SqlState.IO_ERROR,
                    lost - reportedLost + " bytes of log output could not be written and are lost"));
            reportedLost = lost;
        }
        long dropped = feed.takeDropped();
        if (dropped > 0) {
            log.report(Report.of(Severity.LOG, DroppedRecords.message(dropped)));
        }
    }

    @Override
    public void record(int pid, RecordForm form, ByteBuffer bytes) {
        route(form, bytes);
    }

    /** What this process itself has to say bypasses the pipe (LOG-18). */
    @Override
    public synchronized void write(RecordForm form, byte[] record) {
        route(form, ByteBuffer.wrap(record));
    }

    @Override
    public void fragment(int pid, ByteBuffer bytes) {
        foreign(bytes);
    }

    @Override
    public void foreign(ByteBuffer bytes) {
        if (showsConsole()) {
            plain.feed(bytes.duplicate());
        }
        files.write(RecordForm.TEXT, bytes);
    }

    /** A JSON record that is for the console alone is in no file. */
    private void route(RecordForm form, ByteBuffer bytes) {
        boolean shown = form == RecordForm.JSON && showsConsole();
        if (shown) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            feed.offer(copy);
        }
        if (!shown || files.has(form)) {
            files.write(form, bytes);
        }
    }

    private boolean showsConsole() {
        return settings.get(Guc.LOG_DESTINATION).contains(LogDestination.CONSOLE);
    }

    /** A line of a program that knows nothing of records; nobody can tell which process wrote it. */
    private void showLine(String line, boolean partial) {
        String record = new JsonLine()
                .text("error_severity", Severity.LOG.name())
                .text("message", line)
                .text("backend_type", "plain output")
                .text("partial", partial ? "true" : null)
                .end();
        feed.offer(record.getBytes(StandardCharsets.UTF_8));
    }
}
