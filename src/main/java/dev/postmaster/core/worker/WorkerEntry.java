package dev.postmaster.core.worker;

import dev.postmaster.core.PmState;
import dev.postmaster.core.WorkerStart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One registration and how it stands (RegisteredBgWorker).
 *
 * @param pid 0 if it does not run (rw_pid)
 * @param restingUntil null if nothing keeps it from being started (rw_crashed_at, and the interval after it)
 * @param fate what is to become of it (rw_terminate)
 * @param everStarted whether it has run at all
 * @param failures when it failed within the window, the latest last
 */
public record WorkerEntry(
        WorkerTerms terms,
        int pid,
        @Nullable Instant restingUntil,
        Fate fate,
        boolean everStarted,
        List<Instant> failures) {

    /** What somebody wants to become of a worker. */
    public enum Fate {
        STAYS,
        /** It is to end and not to come back. */
        GOES,
        /** It is to end, and was asked for again before it had: it is started as soon as it is gone. */
        RETURNS
    }

    public WorkerEntry {
        failures = List.copyOf(failures);
    }

    static WorkerEntry of(WorkerTerms terms) {
        return new WorkerEntry(terms, 0, null, Fate.STAYS, false, List.of());
    }

    public boolean isRunning() {
        return pid != 0;
    }

    /** Whether it was told to end, whatever follows. */
    public boolean isLeaving() {
        return fate != Fate.STAYS;
    }

    /** Whether nothing but its registration is left: it does not run and never will (BW-14, steps 2 and 3). */
    boolean isSpent() {
        return !isRunning()
                && (fate == Fate.GOES
                        || (restingUntil != null && terms.restart().isNever()));
    }

    /** What became of one that {@link #isSpent}. */
    Aftermath whySpent() {
        return fate == Fate.GOES ? Aftermath.STOPPED : Aftermath.NOT_AGAIN;
    }

    boolean isDue(PmState state, Instant now) {
        boolean rested = restingUntil == null || !now.isBefore(restingUntil);
        return !isRunning() && rested && terms.start().isDue(state);
    }

    WorkerEntry started(int newPid) {
        return new WorkerEntry(terms, newPid, null, fate, true, failures);
    }

    WorkerEntry terminating() {
        return new WorkerEntry(terms, pid, restingUntil, Fate.GOES, everStarted, failures);
    }

    WorkerEntry notifying(int newPid) {
        return new WorkerEntry(terms.notifying(newPid), pid, restingUntil, fate, everStarted, failures);
    }

    /** It could not be launched: that counts as a failure, even for a worker that is started once (BW-15). */
    WorkerEntry notLaunched(Instant now) {
        WorkerEntry failed = failed(now);
        Instant earliest = now.plus(RestartTerms.AFTER_FAILED_LAUNCH);
        Instant until = failed.restingUntil;
        return until == null || until.isBefore(earliest) ? failed.restingUntil(earliest) : failed;
    }

    WorkerEntry failed(Instant now) {
        List<Instant> recent = new ArrayList<>(failures);
        recent.removeIf(failure -> failure.isBefore(now.minus(terms.restart().window())));
        recent.add(now);
        if (recent.size() > terms.restart().memory()) {
            recent.removeFirst();
        }
        Duration pause =
                terms.restart().isNever() ? Duration.ZERO : terms.restart().pause(recent.size());
        return new WorkerEntry(terms, 0, now.plus(pause), fate, everStarted, recent);
    }

    /** It ended well and is wanted again. */
    WorkerEntry finished(Instant now) {
        return new WorkerEntry(terms, 0, now.plus(terms.restart().interval()), fate, everStarted, failures);
    }

    boolean hasFailedTooOften() {
        return terms.restart().isTooMany(failures.size());
    }

    WorkerEntry amended(WorkerStart start, RestartTerms restart) {
        WorkerTerms amended = new WorkerTerms(start, restart, terms.notifyPid());
        return new WorkerEntry(amended, pid, restingUntil, fate, everStarted, failures);
    }

    /** Whoever is on the way out cannot be called back: it returns. */
    WorkerEntry hurried() {
        Fate next = isRunning() && isLeaving() ? Fate.RETURNS : Fate.STAYS;
        return new WorkerEntry(terms, pid, null, next, everStarted, List.of());
    }

    /** It is gone, as it was told, and wanted again. */
    WorkerEntry returned() {
        return new WorkerEntry(terms, 0, null, Fate.STAYS, everStarted, List.of());
    }

    WorkerEntry quit() {
        return new WorkerEntry(terms, 0, null, fateOnceGone(), everStarted, failures);
    }

    /** The system starts over: nobody runs or rests, and whoever waited is gone (BW-28). */
    WorkerEntry reinitialized() {
        return new WorkerEntry(terms.notifying(0), 0, null, fateOnceGone(), everStarted, List.of());
    }

    private Fate fateOnceGone() {
        return fate == Fate.RETURNS ? Fate.STAYS : fate;
    }

    private WorkerEntry restingUntil(Instant until) {
        return new WorkerEntry(terms, pid, until, fate, everStarted, failures);
    }
}
