package dev.postmaster.child.checkpointer;

import dev.postmaster.child.ChildContext;
import dev.postmaster.child.ChildMain;
import dev.postmaster.core.Sig;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.shmem.CheckpointRequests;
import java.time.Duration;
import java.util.Set;

/**
 * Checkpoints by time, by log size and on request; writes the control file after each. Starts with the server, before the
 * startup process has finished, and waits for it. Survives SIGTERM (SG-22): it ends on SIGUSR2, after the shutdown
 * checkpoint, with status 0. If it dies the postmaster resets the system, because nobody would move the logs.
 */
public final class CheckpointerMain implements ChildMain {
    /** PostgreSQL sleeps as long after an error, so that a full disk does not fill the log too. */
    private static final Duration AFTER_ERROR = Duration.ofSeconds(1);

    @Override
    public int run(ChildContext context) throws InterruptedException {
        // SIGINT only wakes the loop, which looks for requests (SG-22).
        context.signals().toLatch(Sig.HUP, Sig.INT, Sig.USR2).unblock();
        CheckpointRequests requests = context.shared().segment().checkpoints();
        requests.announceCheckpointer(context.shared().slot().pid());
        try (Checkpointer checkpointer = new Checkpointer(context, requests)) {
            context.ready();
            Duration sleep = Duration.ZERO;
            while (true) {
                Set<Sig> signals = context.signals().latch().await(sleep);
                if (signals.contains(Sig.HUP)) {
                    checkpointer.reload();
                }
                if (signals.contains(Sig.USR2)) {
                    checkpointer.shutDown();
                    return 0;
                }
                sleep = work(context, checkpointer);
            }
        }
    }

    /** One turn; how long to sleep before the next. An error is logged and does not end the checkpointer; a panic does. */
    private static Duration work(ChildContext context, Checkpointer checkpointer) {
        try {
            return checkpointer.turn();
        } catch (ReportException e) {
            if (e.report().severity() == Severity.PANIC) {
                throw e;
            }
            context.log().report(e.report(), e);
            return AFTER_ERROR;
        }
    }
}
