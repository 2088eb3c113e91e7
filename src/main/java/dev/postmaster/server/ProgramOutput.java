package dev.postmaster.server;

import dev.postmaster.logpipe.LineSplitter;
import dev.postmaster.os.Fd;
import dev.postmaster.os.Fds;
import dev.postmaster.os.Os;
import dev.postmaster.os.OsException;
import dev.postmaster.os.RawIo;
import dev.postmaster.os.ReadySet;
import dev.postmaster.report.LogSource;
import dev.postmaster.report.ProcessLog;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What programs say that know nothing of our log: one pipe for each, and one thread, "program-output", that reads them all
 * and logs every line in the name of the program that said it. A pipe is read until nobody can write to it any more,
 * so also when the program is gone and something it left behind talks on.
 *
 * <p>A program that says more than the log can take waits, and nobody else: the log's own pipe is never filled beyond a
 * part, because the loop writes to it as well and must not stand still (decision 0091).
 */
final class ProgramOutput {
    private static final int READ = 16 << 10;
    private static final int MAX_LINE = 8 << 10;
    private static final Duration FOR_EVER = Duration.ofMillis(-1);

    /** A pipe counts pages, of which a record may leave half unused: a quarter of the bytes is half of the pages. */
    private static final double FULL = 0.25;

    private static final long PAUSE_NANOS = 2_000_000;

    /** What is still in the pipes when everybody is gone is read; what keeps talking is not waited for. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final RawIo io;
    private final Fds fds;
    private final ProcessLog log;
    private final Fd logEnd;
    private final ReadySet ready;
    private final Map<Long, Speaker> speakers = new ConcurrentHashMap<>();
    private final AtomicLong lastKey = new AtomicLong();
    private final Thread thread;

    private final byte[] bytes = new byte[READ];
    private volatile boolean ending;

    /** Counts once it ends. */
    private volatile long deadline;

    /** One pipe and who is at its other end. */
    private record Speaker(Fd pipe, LineSplitter lines) {}

    /**
     * Makes the thread, which does not run yet.
     *
     * @param log where the lines go; its own source is not touched
     * @param logEnd what the log is written to; the caller's
     */
    ProgramOutput(Os os, ProcessLog log, Fd logEnd) {
        this.io = os.rawIo();
        this.fds = os.fds();
        this.log = log;
        this.logEnd = logEnd;
        this.ready = os.fds().readySet();
        this.thread = Thread.ofPlatform().name("program-output").daemon().unstarted(this::readAll);
    }

    void start() {
        thread.start();
    }

    /**
     * Listens to a program from now on. Any thread.
     *
     * @param pipe read end of the pipe that is its standard error; owned here from now on, and closed if that fails
     * @throws OsException if the kernel has no room for another pipe to wait for
     */
    void listen(LogSource program, Fd pipe) {
        long key = lastKey.incrementAndGet();
        speakers.put(
                key, new Speaker(pipe, new LineSplitter(MAX_LINE, (line, partial) -> say(program, line, partial))));
        try {
            ready.add(pipe, key);
        } catch (OsException e) {
            speakers.remove(key);
            pipe.close();
            throw e;
        }
    }

    /** How many pipes are open. */
    int size() {
        return speakers.size();
    }

    /** The postmaster is about to exit: reads what has been said, marks last words that have no end, and closes all; once. */
    void end() {
        if (ending) {
            return;
        }
        deadline = System.nanoTime() + LAST_WORDS.toNanos();
        ending = true;
        ready.wake();
        try {
            thread.join(LAST_WORDS.multipliedBy(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readAll() {
        while (!ending) {
            ready.await(FOR_EVER).forEach(this::read);
        }
        List<Long> last = ready.await(Duration.ZERO);
        while (!last.isEmpty() && hasTime()) {
            last.forEach(this::read);
            last = ready.await(Duration.ZERO);
        }
        List.copyOf(speakers.keySet()).forEach(this::hangUp);
        ready.close();
    }

    /** Once, so that somebody who never stops talking does not keep others from being heard. */
    private void read(long key) {
        Speaker speaker = speakers.get(key);
        if (speaker == null) {
            return;
        }
        try {
            int length = io.read(speaker.pipe(), bytes);
            if (length == 0) {
                hangUp(key);
            } else {
                speaker.lines().feed(ByteBuffer.wrap(bytes, 0, length));
            }
        } catch (OsException e) {
            log.log("could not read the output of a program: " + e.getMessage());
            hangUp(key);
        }
    }

    private void hangUp(long key) {
        Speaker speaker = speakers.remove(key);
        if (speaker != null) {
            speaker.lines().flush();
            ready.remove(speaker.pipe());
            speaker.pipe().close();
        }
    }

    private void say(LogSource program, String line, boolean partial) {
        awaitRoom();
        Report report = Report.of(Severity.LOG, line);
        log.reportFor(program, partial ? report.withDetail("This is a part of a line.") : report);
    }

    private void awaitRoom() {
        while (fds.fill(logEnd) > FULL && hasTime()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean hasTime() {
        return !ending || System.nanoTime() - deadline < 0;
    }
}
