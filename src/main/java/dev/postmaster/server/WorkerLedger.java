package dev.postmaster.server;

import dev.postmaster.cluster.WorkerStatus;
import dev.postmaster.cluster.WorkerStatus.State;
import dev.postmaster.core.worker.Aftermath;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What people are told about the background workers, also about those that are no longer registered. */
@OnLoop
final class WorkerLedger {
    private final Map<String, WorkerStatus> workers = new LinkedHashMap<>();
    private final InstantSource clock;
    private Set<String> shown = Set.of();

    WorkerLedger(InstantSource clock) {
        this.clock = clock;
    }

    /** By name, in the order of their definition. */
    Map<String, WorkerStatus> workers() {
        return Collections.unmodifiableMap(workers);
    }

    void define(String name) {
        put(name, State.OFF, "");
    }

    /** Whether it has not got as far as a registration. */
    boolean isUntried(String name) {
        WorkerStatus known = workers.get(name);
        return known != null && (known.state() == State.OFF || known.state() == State.REJECTED);
    }

    /** Of those that are over, only these are still worth a word. */
    void showOnly(Set<String> defined) {
        shown = Set.copyOf(defined);
        workers.entrySet().removeIf(worker -> worker.getValue().state().isOver() && !shown.contains(worker.getKey()));
    }

    void registered(String name) {
        put(name, State.WAITING, noteOf(name));
    }

    void rejected(String name, String why) {
        put(name, State.REJECTED, why);
    }

    void started(String name, int pid) {
        workers.put(name, new WorkerStatus(State.RUNNING, pid, clock.instant(), noteOf(name)));
    }

    /** Nobody has asked for it until now, and now there was no room. */
    void postponed(String name, String why) {
        put(name, State.OFF, why);
    }

    /** What becomes of it is said next. */
    void notLaunched(String name, String why) {
        put(name, State.WAITING, WorkerStatus.NOT_LAUNCHED + why);
    }

    /** It was told to end. */
    void stopping(String name, int pid) {
        workers.put(name, new WorkerStatus(State.STOPPING, pid, clock.instant(), noteOf(name)));
    }

    /** How it ended; what becomes of it is said next. */
    void ended(String name, String how) {
        put(name, State.WAITING, how);
    }

    void resting(String name, Instant until) {
        workers.put(name, new WorkerStatus(State.RESTING, 0, until, noteOf(name)));
    }

    void forgotten(String name, Aftermath aftermath) {
        State state =
                switch (aftermath) {
                    case RESTS -> State.WAITING;
                    case DONE -> State.DONE;
                    case STOPPED -> State.STOPPED;
                    case NOT_AGAIN -> State.FAILED;
                    case GIVEN_UP -> State.GIVEN_UP;
                };
        if (shown.contains(name)) {
            put(name, state, noteOf(name));
        } else {
            workers.remove(name);
        }
    }

    private void put(String name, State state, String note) {
        workers.put(name, new WorkerStatus(state, 0, clock.instant(), note));
    }

    private String noteOf(String name) {
        WorkerStatus known = workers.get(name);
        return known == null || known.state() == State.REJECTED ? "" : known.note();
    }
}
