package dev.postmaster.core.worker;

import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.PmState;
import dev.postmaster.core.WorkerStart;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The background workers that somebody has registered, by the number of their registration, and what is to be done about
 * them (BackgroundWorkerList). Every change makes another book.
 */
public final class WorkerBook {
    public static final WorkerBook EMPTY = new WorkerBook(new TreeMap<>());

    private final NavigableMap<Integer, WorkerEntry> entries;

    /** @param entries belong to this book from now on */
    private WorkerBook(NavigableMap<Integer, WorkerEntry> entries) {
        this.entries = entries;
    }

    /** What is next on the way through the list (BW-14). */
    public sealed interface Errand {
        /** Launch it; then say {@link #started} or {@link #notLaunched}. */
        record Start(int worker) implements Errand {}

        /** Nothing will come of it any more: {@link #without} it. */
        record Forget(int worker, Aftermath aftermath) implements Errand {}
    }

    /** The end of a worker, or of the attempt to start it, and what follows; the next book has no word of one that is forgotten. */
    public record Ended(WorkerBook next, Aftermath aftermath) {}

    /** The first thing to do in this phase; ask again when it is done. Nothing is done in a crash cycle (BW-14). */
    public Optional<Errand> next(PmState state, boolean fatalError, Instant now) {
        if (fatalError) {
            return Optional.empty();
        }
        for (Map.Entry<Integer, WorkerEntry> entry : entries.entrySet()) {
            if (entry.getValue().isSpent()) {
                return Optional.of(
                        new Errand.Forget(entry.getKey(), entry.getValue().whySpent()));
            }
            if (entry.getValue().isDue(state, now)) {
                return Optional.of(new Errand.Start(entry.getKey()));
            }
        }
        return Optional.empty();
    }

    /** When somebody has rested long enough to be started in this phase; empty if nobody rests. */
    public Optional<Instant> nextStart(PmState state) {
        return entries.values().stream()
                .filter(entry -> !entry.isRunning() && entry.terms().start().isDue(state))
                .flatMap(entry -> Optional.ofNullable(entry.restingUntil()).stream())
                .min(Instant::compareTo);
    }

    public Optional<WorkerEntry> find(int worker) {
        return Optional.ofNullable(entries.get(worker));
    }

    /** The registration whose worker has this pid. */
    public OptionalInt ofPid(int pid) {
        return entries.entrySet().stream()
                .filter(entry -> pid != 0 && entry.getValue().pid() == pid)
                .mapToInt(Map.Entry::getKey)
                .findFirst();
    }

    /** Those that have a process. */
    public List<Integer> running() {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().isRunning())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Those that never ran although somebody waits for them: a shutdown forgets them (BW-27). */
    public List<Integer> unstartedWithWaiter() {
        return entries.entrySet().stream()
                .filter(entry -> !entry.getValue().everStarted()
                        && entry.getValue().terms().notifyPid() != 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Those that are to run once, which a new beginning forgets (BW-28). */
    public List<Integer> runOnce() {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().terms().restart().isNever())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** With one registration more; whatever had this number before is replaced. */
    public WorkerBook with(int worker, WorkerTerms terms) {
        return with(worker, WorkerEntry.of(terms));
    }

    public WorkerBook without(int worker) {
        NavigableMap<Integer, WorkerEntry> others = new TreeMap<>(entries);
        others.remove(worker);
        return new WorkerBook(others);
    }

    public WorkerBook started(int worker, int pid) {
        return change(worker, entry -> entry.started(pid));
    }

    /**
     * It could not be launched: that is a failure like any other (BW-15).
     *
     * @throws IllegalArgumentException if there is no such registration
     */
    public Ended notLaunched(int worker, Instant now) {
        return afterFailure(worker, required(worker).notLaunched(now));
    }

    /** It is to end, and not to come back (BW-13, BW-19). */
    public WorkerBook terminating(int worker) {
        return change(worker, WorkerEntry::terminating);
    }

    /** Its terms are others from now on. */
    public WorkerBook amended(int worker, WorkerStart start, RestartTerms restart) {
        return change(worker, entry -> entry.amended(start, restart));
    }

    /** Whatever it rests for, somebody wants it now; if it is being ended, as soon as it is gone. */
    public WorkerBook hurried(int worker) {
        return change(worker, WorkerEntry::hurried);
    }

    /** It was ended together with everybody else: no failure of its own. */
    public WorkerBook quit(int worker) {
        return change(worker, WorkerEntry::quit);
    }

    /** Nobody waits for this process any more, because it is dead (BW-20). */
    public WorkerBook forgettingWaiter(int pid) {
        return changeAll(entry -> entry.terms().notifyPid() == pid ? entry.notifying(0) : entry);
    }

    /** Every worker is gone and nothing keeps the next ones from being started (BW-28). */
    public WorkerBook reinitialized() {
        return changeAll(WorkerEntry::reinitialized);
    }

    /**
     * A worker has ended (BW-21 to BW-24). Whether that was a crash of the system is not decided here.
     *
     * @throws IllegalArgumentException if there is no such registration
     */
    public Ended ended(int worker, ExitStatus status, Instant now) {
        WorkerEntry entry = required(worker);
        return switch (entry.fate()) {
            case GOES -> forgotten(worker, Aftermath.STOPPED);
            case RETURNS -> rests(worker, entry.returned());
            case STAYS -> status.isCode(0) ? afterSuccess(worker, entry, now) : afterFailure(worker, entry.failed(now));
        };
    }

    private Ended afterSuccess(int worker, WorkerEntry entry, Instant now) {
        RestartTerms restart = entry.terms().restart();
        return restart.afterSuccess() && !restart.isNever()
                ? rests(worker, entry.finished(now))
                : forgotten(worker, Aftermath.DONE);
    }

    private Ended afterFailure(int worker, WorkerEntry failed) {
        if (failed.terms().restart().isNever()) {
            return forgotten(worker, Aftermath.NOT_AGAIN);
        }
        return failed.hasFailedTooOften() ? forgotten(worker, Aftermath.GIVEN_UP) : rests(worker, failed);
    }

    private Ended rests(int worker, WorkerEntry entry) {
        return new Ended(with(worker, entry), Aftermath.RESTS);
    }

    private Ended forgotten(int worker, Aftermath aftermath) {
        return new Ended(without(worker), aftermath);
    }

    private WorkerBook change(int worker, UnaryOperator<WorkerEntry> change) {
        return with(worker, change.apply(required(worker)));
    }

    private WorkerBook changeAll(UnaryOperator<WorkerEntry> change) {
        NavigableMap<Integer, WorkerEntry> changed = new TreeMap<>();
        entries.forEach((worker, entry) -> changed.put(worker, change.apply(entry)));
        return new WorkerBook(changed);
    }

    private WorkerBook with(int worker, WorkerEntry entry) {
        NavigableMap<Integer, WorkerEntry> more = new TreeMap<>(entries);
        more.put(worker, entry);
        return new WorkerBook(more);
    }

    private WorkerEntry required(int worker) {
        WorkerEntry entry = entries.get(worker);
        if (entry == null) {
            throw new IllegalArgumentException("no background worker " + worker);
        }
        return entry;
    }
}
