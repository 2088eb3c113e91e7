package dev.postmaster.child;

import dev.postmaster.os.Fd;
import dev.postmaster.os.OsException;
import dev.postmaster.os.RawIo;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import java.time.Duration;

/**
 * Notices the death of the postmaster: end of file on the alive pipe, whose other end only the postmaster holds (CH-44).
 * Its thread waits for that and nothing else, so every wait of a child is watched (CH-45). The parent-death signal is a
 * second witness, in case some stranger holds the pipe.
 */
public final class ParentWatch {
    private static final Duration FOR_EVER = Duration.ofMillis(-1);

    private final RawIo io;
    private final Fd alive;
    private final Ending ending;
    private volatile Runnable lastWords = () -> {};

    ParentWatch(RawIo io, Fd alive, Ending ending) {
        this.io = io;
        this.alive = alive;
        this.ending = ending;
    }

    /** What to do before leaving with status 1; without it a child leaves silently. Runs on a thread of its own. */
    public void onDeath(Runnable words) {
        lastWords = words;
    }

    /** Whether the postmaster lives at this moment. */
    boolean postmasterIsAlive() {
        return !isReadable(Duration.ZERO);
    }

    /** Whether there is something to read on the pipe: its end, for nobody ever writes to it. */
    private boolean isReadable(Duration timeout) {
        try {
            return io.awaitReadable(alive, timeout) && isAtEnd();
        } catch (OsException e) {
            throw fatal("read on postmaster death monitoring pipe failed: "
                    + e.errno().message());
        }
    }

    private boolean isAtEnd() {
        return switch (io.tryRead(alive)) {
            case NOTHING -> false;
            case END_OF_FILE -> true;
            case BYTE -> throw fatal("unexpected data in postmaster death monitoring pipe");
        };
    }

    void start() {
        Thread.ofPlatform().name("parent-watch").daemon().start(this::watch);
    }

    private void watch() {
        ending.guard(() -> {
            while (!isReadable(FOR_EVER)) {
                // a spurious wake-up
            }
            postmasterDied();
        });
    }

    /** Leaves; the slot stays as it is, nobody is left to look at it. */
    void postmasterDied() {
        lastWords.run();
        ending.exit(1);
    }

    private static ReportException fatal(String message) {
        return new ReportException(Report.of(Severity.FATAL, message));
    }
}
