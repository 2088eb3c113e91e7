package dev.postmaster.server;

import dev.postmaster.cluster.WorkerStatus;
import dev.postmaster.cluster.WorkerStatus.State;
import dev.postmaster.core.worker.Aftermath;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people are told about the background workers, also about those that are no longer registered. */
@OnLoop
final class WorkerLedger {
    private final Map<String, WorkerStatus> workers = new LinkedHashMap<>();
    private Set<String> shown = Set.of();

    /** By name, in the order of their definition. */
    Map<String, WorkerStatus> workers() {
        return workers;
    }

    void define(String name) {
        workers.put(name, WorkerStatus.of(State.OFF, ""));
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
        workers.put(name, new WorkerStatus(State.RUNNING, pid, Instant.now(), noteOf(name)));
    }

    void notLaunched(String name, Optional<Instant> until) {
        put(name, State.WAITING, "could not be launched");
        resting(name, until);
    }

    /** How it ended; what becomes of it is said next. */
    void ended(String name, String how) {
        put(name, State.WAITING, how);
    }

    /** @param until empty if it waits for its phase */
    void resting(String name, Optional<Instant> until) {
        until.ifPresent(at -> workers.put(name, new WorkerStatus(State.RESTING, 0, at, noteOf(name))));
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
        workers.put(name, WorkerStatus.of(state, note));
    }

    private String noteOf(String name) {
        WorkerStatus known = workers.get(name);
        return known == null || known.state() == State.REJECTED ? "" : known.note();
    }
}
