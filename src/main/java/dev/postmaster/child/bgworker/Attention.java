package dev.postmaster.child.bgworker;

import dev.postmaster.child.ChildContext;
import dev.postmaster.child.ChildLatch;
import dev.postmaster.config.Settings;
import dev.postmaster.core.Sig;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.worker.Wake;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What comes from outside to a worker (SG-17, SG-18): SIGTERM stops it, SIGINT cancels its SQL, SIGHUP and SIGUSR1 wake
 * it. Waits are the main thread's; the handlers run on the thread of the signals.
 */
final class Attention {
    /** How long a function that was interrupted may take to tidy up; PostgreSQL's ends at once, in a signal handler. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final ChildContext context;
    private final String type;
    private final ChildLatch latch;
    private final Thread worker = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean toldToStop;
    private volatile Runnable cancel = () -> {};

    private Settings settings;
    private boolean woken;
    private boolean reloaded;

    /** To be made by the thread that will run the function. */
    Attention(ChildContext context, String type) {
        this.context = context;
        this.type = type;
        this.latch = context.signals().latch();
        this.settings = context.settings();
    }

    void unblock() {
        context.signals()
                .toLatch(Sig.HUP, Sig.USR1)
                .on(Sig.INT, () -> cancel.run())
                .on(Sig.TERM, this::stop)
                .unblock();
    }

    /** From now on SIGINT and SIGTERM also end the running statement. */
    void cancelSqlWith(Runnable interrupt) {
        cancel = interrupt;
    }

    boolean isToldToStop() {
        return toldToStop;
    }

    /** The function has ended, one way or the other; nobody interrupts what comes now. */
    void workIsOver() {
        over.countDown();
        Thread.interrupted();
    }

    private void stop() {
        toldToStop = true;
        worker.interrupt();
        cancel.run();
        if (!isOverWithin(GRACE)) {
            context.shared().slot().deactivate();
            throw terminated();
        }
    }

    private boolean isOverWithin(Duration grace) {
        try {
            return over.await(grace.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** What a stopped worker ends with. */
    ReportException terminated() {
        return new ReportException(Report.of(
                Severity.FATAL,
                SqlState.ADMIN_SHUTDOWN,
                "terminating background worker \"" + type + "\" due to administrator command"));
    }

    /** Waits for anything that the function has not been told of yet. */
    Wake await(Duration timeout) throws InterruptedException {
        if (!woken && !reloaded) {
            pause(timeout);
        }
        Wake reason = reloaded ? Wake.RELOADED : woken ? Wake.WOKEN : Wake.TIMEOUT;
        woken = false;
        reloaded = false;
        return reason;
    }

    /** Waits until something happens, and keeps it for {@link #await}. */
    void pause(Duration timeout) throws InterruptedException {
        if (toldToStop) {
            throw new InterruptedException();
        }
        Set<Sig> signals = latch.await(timeout);
        woken |= signals.contains(Sig.USR1);
        if (signals.contains(Sig.HUP)) {
            settings = context.reload(settings);
            reloaded = true;
        }
    }

    Settings settings() {
        return settings;
    }
}
