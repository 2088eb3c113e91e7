package dev.postmaster.server;

import dev.postmaster.core.Pm;
import dev.postmaster.core.PmAction;
import dev.postmaster.core.PmEvent;
import dev.postmaster.core.PmState;
import dev.postmaster.core.Step;
import dev.postmaster.core.Transition;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import io.vertx.core.Context;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Owns the postmaster's state: takes one event at a time, asks the core what it means, and has the answer carried out
 * (ServerLoop of postmaster.c). Runs on one Vert.x context; ends with the process.
 */
final class PostmasterLoop {
    private final Context context;
    private final Log log;
    private final Consumer<Throwable> failure;

    @OnLoop
    private Pm pm;

    /** The state can no longer be trusted: nothing more is decided with it. */
    @OnLoop
    private boolean failed;

    @OnLoop
    private Instant since = Instant.now();

    /** @param failure told when the loop itself fails: the process must end, and the children will notice */
    PostmasterLoop(Context context, Pm initial, Log log, Consumer<Throwable> failure) {
        this.context = context;
        this.pm = initial;
        this.log = log;
        this.failure = failure;
    }

    /** Has work done on the loop, after what was given to it before. Any thread. */
    void run(Runnable work) {
        context.runOnContext(ignored -> {
            if (failed) {
                return;
            }
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                failed = true;
                failure.accept(e);
            }
        });
    }

    /** Decides about one event and carries the decision out. An event that comes of it is to be posted, not handled. */
    @OnLoop
    void handle(PmEvent event, Consumer<PmAction> hands) {
        PmState before = pm.state();
        Step step = Transition.step(pm, event);
        pm = step.next();
        if (pm.state() != before) {
            since = Instant.now();
        }
        tell(before, step.phases(), event);
        step.actions().forEach(hands);
    }

    private void tell(PmState before, List<PmState> phases, PmEvent event) {
        PmState from = before;
        for (PmState to : phases) {
            if (to != from) {
                log.report(Report.of(
                        Severity.DEBUG1,
                        "updating PMState from " + from.pgName() + " to " + to.pgName() + " on " + event));
            }
            from = to;
        }
    }

    @OnLoop
    Pm pm() {
        return pm;
    }

    /** When the current state was entered. */
    @OnLoop
    Instant since() {
        return since;
    }
}
