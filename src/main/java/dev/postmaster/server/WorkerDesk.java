package dev.postmaster.server;

import dev.postmaster.config.WorkerDefinition;
import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.Pm;
import dev.postmaster.core.PmEvent;
import dev.postmaster.core.PmState;
import dev.postmaster.core.worker.Aftermath;
import dev.postmaster.core.worker.WorkerBook;
import dev.postmaster.core.worker.WorkerBook.Errand;
import dev.postmaster.core.worker.WorkerEntry;
import dev.postmaster.core.worker.WorkerTerms;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.Pid;
import dev.postmaster.shmem.WorkerSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The background workers: has those launched that are due, and tells those who wait (maybe_start_bgworkers of postmaster.c,
 * bgworker.c). When a worker is due is the {@link WorkerBook}'s business, whether there is room for it the core's.
 */
@OnLoop
final class WorkerDesk {
    /** In one go, so that nothing else on the loop has to wait for all of them: MAX_BGWORKERS_TO_LAUNCH. */
    private static final int MOST_STARTS = 100;

    /** What it is for the rules when a worker that was not well is ended. */
    private static final ExitStatus FAILURE = new ExitStatus.Code(1);

    private final Hands hands;
    private final WorkerLauncher launcher;
    private final WorkerRolls rolls;
    private final WorkerLedger ledger;
    private final Clockwork clock;
    private WorkerBook book = WorkerBook.EMPTY;
    private boolean stumbled;

    /** Those who do the work and remember it. */
    record Hands(WorkerLauncher launcher, WorkerRolls rolls, WorkerLedger ledger, WorkerReports reports) {}

    WorkerDesk(Hands hands, Clockwork clock) {
        this.hands = hands;
        this.launcher = hands.launcher();
        this.rolls = hands.rolls();
        this.ledger = hands.ledger();
        this.clock = clock;
    }

    /** The rolls have one worker more. */
    void registered(int worker, int notifyPid) {
        WorkerDefinition definition = rolls.definition(worker);
        hands.reports().debug("registering background worker \"" + definition.name() + "\"");
        book = book.with(worker, new WorkerTerms(definition.start(), definition.restart(), notifyPid));
        ledger.registered(rolls.label(worker));
    }

    /** The rolls say something else about it; what runs goes on as it was, its successor follows them. */
    void amended(int worker) {
        WorkerDefinition definition = rolls.definition(worker);
        book = book.amended(worker, definition.start(), definition.restart());
    }

    /**
     * Whatever it rests for, it is started with the next walk; if it is being ended, as soon as it is gone. Only a child that
     * wants its own worker to end has the last word.
     */
    void hurry(int worker) {
        if (rolls.slot(worker).isToTerminate()) {
            return;
        }
        book = book.hurried(worker);
        if (!required(worker).isRunning()) {
            ledger.registered(rolls.label(worker));
        }
    }

    /** Ends a worker for good (BW-13, BW-19). Idempotent. */
    void terminate(int worker) {
        WorkerEntry entry = required(worker);
        book = book.terminating(worker);
        if (entry.isLeaving()) {
            return; // it was told
        }
        if (entry.isRunning()) {
            ledger.stopping(rolls.label(worker), entry.pid());
            launcher.stop(new Pid(entry.pid()));
        } else {
            rolls.slot(worker).publishPid(WorkerSlot.STOPPED);
            rolls.notify(entry.terms().notifyPid());
        }
    }

    private WorkerEntry required(int worker) {
        return book.find(worker).orElseThrow();
    }

    /**
     * Does what is to be done now, and sees to it that the rest is done in time (BW-14, BW-27).
     *
     * @param admission asks the core whether a worker may be launched, which answers by {@link #launch} or {@link #refuse}
     */
    void walk(Pm pm, Consumer<PmEvent> admission) {
        if (pm.state() == PmState.INIT) {
            return; // the first children come first
        }
        Instant now = clock.instant();
        if (pm.state().isStopping() && !pm.fatalError()) {
            book.unstartedWithWaiter().forEach(worker -> forget(worker, Aftermath.STOPPED));
        }
        stumbled = false;
        for (int starts = 0; starts < MOST_STARTS && !stumbled; starts++) {
            Optional<Errand> errand = book.next(pm.state(), pm.fatalError(), now);
            if (errand.isEmpty()) {
                break;
            }
            switch (errand.get()) {
                case Errand.Start(int worker) -> admission.accept(new PmEvent.WorkerDue(worker));
                case Errand.Forget(int worker, Aftermath why) -> forget(worker, why);
            }
        }
        setTimer(pm, now);
    }

    private void setTimer(Pm pm, Instant now) {
        boolean more = book.next(pm.state(), pm.fatalError(), now).isPresent();
        Optional<Instant> next = more ? Optional.of(now) : book.nextStart(pm.state());
        next.ifPresentOrElse(
                at -> clock.set(new PmEvent.WorkerRetryDue(), Duration.between(now, at)),
                () -> clock.cancel(new PmEvent.WorkerRetryDue()));
    }

    /** Starts a worker that the core has admitted; false if there is none now. */
    boolean launch(int worker) {
        hands.reports()
                .debug("starting background worker process \""
                        + rolls.definition(worker).name() + "\"");
        return switch (launcher.launch(worker, rolls.definition(worker), rolls.generation(worker))) {
            case LaunchResult.Launched(Pid pid) -> {
                launched(worker, pid.value());
                yield true;
            }
            case LaunchResult.Refused(var ignored, String why) -> {
                notLaunched(worker, why);
                yield false;
            }
        };
    }

    private void launched(int worker, int pid) {
        book = book.started(worker, pid);
        rolls.slot(worker).publishPid(pid);
        ledger.started(rolls.label(worker), pid);
        rolls.notify(waiter(worker));
    }

    /** There is no slot for it (BW-15). */
    void refuse(int worker) {
        hands.reports().noRoom(rolls.definition(worker));
        notLaunched(worker, "all process slots are taken");
    }

    private void notLaunched(int worker, String why) {
        stumbled = true;
        ledger.notLaunched(rolls.label(worker), why);
        follow(worker, book.notLaunched(worker, clock.instant()));
    }

    /**
     * A child has ended; nobody waits for news on its behalf any more (BW-20), and if it was a worker, it has to be decided
     * what becomes of it.
     *
     * @param everybodyGoes it was ended together with all others
     */
    void ended(int pid, ExitStatus status, boolean everybodyGoes) {
        // The last one to leave in a crash cycle is in the book no more, but somebody may look after it still.
        boolean sick = launcher.wasSick(pid);
        book = book.forgettingWaiter(pid);
        OptionalInt worker = book.ofPid(pid);
        if (worker.isPresent()) {
            String how = ExitWords.outcome(status);
            ledger.ended(rolls.label(worker.getAsInt()), sick ? how + " because it was not well" : how);
            settle(worker.getAsInt(), sick ? FAILURE : status, everybodyGoes);
        }
    }

    private void settle(int worker, ExitStatus status, boolean everybodyGoes) {
        boolean stays = follow(
                worker,
                everybodyGoes
                        ? new WorkerBook.Ended(book.quit(worker), Aftermath.RESTS)
                        : book.ended(worker, status, clock.instant()));
        if (stays) {
            rolls.slot(worker).publishPid(WorkerSlot.STOPPED);
            rolls.notify(waiter(worker));
        }
    }

    /** It does not run; false if it never will again, and is forgotten. */
    private boolean follow(int worker, WorkerBook.Ended ended) {
        if (ended.aftermath() != Aftermath.RESTS) {
            forget(worker, ended.aftermath());
            return false;
        }
        book = ended.next();
        Optional.ofNullable(required(worker).restingUntil())
                .ifPresent(until -> ledger.resting(rolls.label(worker), until));
        return true;
    }

    private int waiter(int worker) {
        return book.find(worker).map(entry -> entry.terms().notifyPid()).orElse(0);
    }

    /** The slot is free before the waiter hears of it, so that it can be used again at once (BW-24). */
    private void forget(int worker, Aftermath aftermath) {
        WorkerDefinition definition = rolls.definition(worker);
        int waiter = waiter(worker);
        ledger.forgotten(rolls.label(worker), aftermath);
        book = book.without(worker);
        rolls.slot(worker).publishPid(WorkerSlot.STOPPED);
        rolls.strike(worker);
        hands.reports().debug("unregistering background worker \"" + definition.name() + "\"");
        if (aftermath == Aftermath.GIVEN_UP) {
            hands.reports().givenUp(definition);
        }
        rolls.notify(waiter);
    }

    /** The system starts over, with a new segment (BW-28). */
    void reinitialized() {
        book.runOnce().forEach(worker -> forget(worker, Aftermath.NOT_AGAIN));
        book.running().forEach(worker -> ledger.registered(rolls.label(worker)));
        book = book.reinitialized();
        rolls.renew();
    }
}
