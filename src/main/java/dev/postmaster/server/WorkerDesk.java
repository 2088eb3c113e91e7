package dev.postmaster.server;

import dev.postmaster.config.WorkerDefinition;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.Pm;
import dev.postmaster.core.PmEvent;
import dev.postmaster.core.PmState;
import dev.postmaster.core.worker.Aftermath;
import dev.postmaster.core.worker.WorkerBook;
import dev.postmaster.core.worker.WorkerBook.Errand;
import dev.postmaster.core.worker.WorkerEntry;
import dev.postmaster.core.worker.WorkerTerms;
import dev.postmaster.os.Pid;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.shmem.WorkerSlot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

    private final WorkerLauncher launcher;
    private final WorkerRolls rolls;
    private final WorkerLedger ledger;
    private final Timers timers;
    private final Log log;
    private final InstantSource clock = InstantSource.system();
    private WorkerBook book = WorkerBook.EMPTY;
    private boolean stumbled;

    WorkerDesk(WorkerLauncher launcher, WorkerRolls rolls, WorkerLedger ledger, Timers timers, Log log) {
        this.launcher = launcher;
        this.rolls = rolls;
        this.ledger = ledger;
        this.timers = timers;
        this.log = log;
    }

    /** Registers a worker of the settings (BW-6). What is wrong with it is logged and keeps no other from its work. */
    void register(WorkerDefinition definition) {
        OptionalInt free = rolls.free();
        Optional<Report> problem = definition.problem().or(() -> free.isPresent() ? Optional.empty() : noSlot());
        if (problem.isPresent()) {
            log.report(problem.get());
            ledger.rejected(definition.name(), problem.get().message());
            return;
        }
        int worker = free.getAsInt();
        rolls.enter(worker, definition);
        registered(worker, 0);
    }

    private Optional<Report> noSlot() {
        int slots = rolls.slots().size();
        String many = slots == 1 ? " background worker" : " background workers";
        return Optional.of(Report.of(Severity.LOG, SqlState.CONFIGURATION_LIMIT_EXCEEDED, "too many background workers")
                .withDetail("Up to " + slots + many + " can be registered with the current settings.")
                .withHint("Consider increasing the configuration parameter \"max_worker_processes\"."));
    }

    private void registered(int worker, int notifyPid) {
        WorkerDefinition definition = rolls.definition(worker);
        debug("registering background worker \"" + definition.name() + "\"");
        book = book.with(worker, new WorkerTerms(definition.start(), definition.restart(), notifyPid));
        ledger.registered(rolls.label(worker));
    }

    /** The settings say something else about it; what runs goes on as it was, its successor follows them. */
    void amend(int worker, WorkerDefinition definition) {
        rolls.amend(worker, definition);
        book = book.amended(worker, definition.start(), definition.restart());
    }

    /** Whatever it rests for, it is started with the next walk. */
    void hurry(int worker) {
        book = book.hurried(worker);
    }

    /** Ends a worker for good (BW-13, BW-19). Idempotent. */
    void terminate(int worker) {
        WorkerEntry entry = book.find(worker).orElseThrow();
        if (entry.terminate()) {
            return;
        }
        book = book.terminating(worker);
        if (entry.isRunning()) {
            launcher.stop(new Pid(entry.pid()));
        } else {
            rolls.slot(worker).publishPid(WorkerSlot.STOPPED);
            rolls.notify(entry.terms().notifyPid());
        }
    }

    /** Somebody has registered a worker in shared memory, or wants one to end (BW-19). */
    void lookAtSlots(Pm pm) {
        int slots = rolls.slots().size();
        if (rolls.slots().recordedSize() != slots) {
            log.log("inconsistent background worker state (max_worker_processes=" + slots + ", total_slots="
                    + rolls.slots().recordedSize() + ")");
            return;
        }
        for (int worker = 0; worker < slots; worker++) {
            WorkerSlot slot = rolls.slot(worker);
            if (!slot.isInUse()) {
                continue;
            }
            if (rolls.find(worker) != null) {
                if (slot.isToTerminate()) {
                    terminate(worker);
                }
            } else if (slot.isToTerminate() || pm.state().isStopping()) {
                decline(slot);
            } else {
                adopt(worker, slot);
            }
        }
    }

    private void decline(WorkerSlot slot) {
        int waiter = slot.record().notifyPid();
        slot.publishPid(WorkerSlot.STOPPED);
        slot.free();
        rolls.notify(waiter);
    }

    private void adopt(int worker, WorkerSlot slot) {
        var record = slot.record();
        int waiter = record.notifyPid();
        boolean known = waiter == 0 || rolls.isOurs(waiter);
        if (!known) {
            debug("worker notification PID " + waiter + " is not valid");
        }
        rolls.adopt(worker, record);
        registered(worker, known ? waiter : 0);
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
                case Errand.Forget(int worker) -> forget(worker, Aftermath.STOPPED);
            }
        }
        setTimer(pm, now);
    }

    private void setTimer(Pm pm, Instant now) {
        boolean more = book.next(pm.state(), pm.fatalError(), now).isPresent();
        Optional<Instant> next = more ? Optional.of(now) : book.nextStart(pm.state());
        next.ifPresentOrElse(
                at -> timers.set(new PmEvent.WorkerRetryDue(), Duration.between(now, at)),
                () -> timers.cancel(new PmEvent.WorkerRetryDue()));
    }

    /** Starts a worker that the core has admitted; false if there is none now. */
    boolean launch(int worker) {
        debug("starting background worker process \"" + rolls.definition(worker).name() + "\"");
        Optional<Pid> pid = launcher.launch(worker, rolls.definition(worker), rolls.generation(worker));
        if (pid.isEmpty()) {
            notLaunched(worker);
            return false;
        }
        book = book.started(worker, pid.get().value());
        rolls.slot(worker).publishPid(pid.get().value());
        ledger.started(rolls.label(worker), pid.get().value());
        rolls.notify(waiter(worker));
        return true;
    }

    /** There is no slot for it (BW-15). */
    void refuse(int worker) {
        log.report(Report.of(
                Severity.LOG, SqlState.CONFIGURATION_LIMIT_EXCEEDED, "no slot available for new worker process"));
        notLaunched(worker);
    }

    private void notLaunched(int worker) {
        stumbled = true;
        book = book.notLaunched(worker, clock.instant());
        ledger.notLaunched(rolls.label(worker), restingUntil(worker));
    }

    /** What the log calls the child of this pid; empty if it is no worker. */
    Optional<String> nameOf(int pid) {
        OptionalInt worker = book.ofPid(pid);
        return worker.isEmpty()
                ? Optional.empty()
                : Optional.of(ChildKind.BGWORKER.exitName() + " \""
                        + rolls.definition(worker.getAsInt()).type() + "\"");
    }

    /**
     * A child has ended; nobody waits for news on its behalf any more (BW-20), and if it was a worker, it has to be decided
     * what becomes of it.
     *
     * @param everybodyGoes it was ended together with all others
     */
    void ended(int pid, ExitStatus status, boolean everybodyGoes) {
        book = book.forgettingWaiter(pid);
        OptionalInt worker = book.ofPid(pid);
        if (worker.isPresent()) {
            boolean sick = launcher.wasSick(pid);
            String how = ExitWords.outcome(status);
            ledger.ended(rolls.label(worker.getAsInt()), sick ? how + " because it was not well" : how);
            settle(worker.getAsInt(), sick ? FAILURE : status, everybodyGoes);
        }
    }

    private void settle(int worker, ExitStatus status, boolean everybodyGoes) {
        WorkerBook.Ended ended = everybodyGoes
                ? new WorkerBook.Ended(book.quit(worker), Aftermath.RESTS)
                : book.ended(worker, status, clock.instant());
        if (ended.aftermath() != Aftermath.RESTS) {
            forget(worker, ended.aftermath());
            return;
        }
        book = ended.next();
        rolls.slot(worker).publishPid(WorkerSlot.STOPPED);
        ledger.resting(rolls.label(worker), restingUntil(worker));
        rolls.notify(waiter(worker));
    }

    private Optional<Instant> restingUntil(int worker) {
        return book.find(worker).flatMap(entry -> Optional.ofNullable(entry.restingUntil()));
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
        debug("unregistering background worker \"" + definition.name() + "\"");
        if (aftermath == Aftermath.GIVEN_UP) {
            log.report(givenUp(definition));
        }
        rolls.notify(waiter);
    }

    private static Report givenUp(WorkerDefinition definition) {
        return Report.of(
                        Severity.LOG,
                        "background worker \"" + definition.name() + "\" failed more than "
                                + definition.restart().limit() + " times within "
                                + definition.restart().window().toSeconds() + " s and is given up")
                .withHint("Find out why, then start it again with pmctl start-worker.");
    }

    /** The system starts over, with a new segment (BW-28). */
    void reinitialized() {
        book.runOnce().forEach(worker -> forget(worker, Aftermath.NOT_AGAIN));
        book = book.reinitialized();
        rolls.renew();
    }

    private void debug(String message) {
        log.report(Report.of(Severity.DEBUG1, message));
    }
}
