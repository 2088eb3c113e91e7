package dev.postmaster.inspection;

import dev.postmaster.cluster.StatusFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that can be known of a running postmaster without asking it, at one moment.
 *
 * @param postmaster its pid
 * @param status what it says of itself; empty if it has not got so far
 */
public record Inspection(
        int postmaster, Optional<StatusFile> status, ProcessTree processes, Sessions sessions, Instant now) {
    /** The loop beats once a second; probes call it stuck after the same time. */
    private static final Duration STALE = Duration.ofSeconds(20);

    /** A fact; {@code otherwise} if the postmaster does not tell. */
    public String fact(StatusFile.Fact fact, String otherwise) {
        return status.flatMap(file -> file.get(fact)).orElse(otherwise);
    }

    /** The postmaster, its children and theirs, and then the kinds of child of which none is left. */
    public List<ProcessRow> processList() {
        return ProcessList.of(this);
    }

    /** The children whose next move the phase waits for; a backend without a client keeps nobody waiting. */
    public List<ProcessRow> awaited() {
        List<String> kinds = List.of(fact(StatusFile.Fact.AWAITED_KINDS, "").split(","));
        var awaited = new ArrayList<ProcessTree.Entry>();
        for (ProcessTree.Entry child : processes.childrenOf(postmaster)) {
            if (kinds.contains(kindOf(child)) && !sessions.isWaiting(child)) {
                awaited.add(child);
            }
        }
        return rowsOf(awaited);
    }

    /** The children that make no move because somebody has stopped them, though nobody may be waiting for one yet. */
    public List<ProcessRow> stopped() {
        return rowsOf(processes.childrenOf(postmaster).stream()
                .filter(ProcessTree.Entry::isStopped)
                .toList());
    }

    private List<ProcessRow> rowsOf(List<ProcessTree.Entry> children) {
        List<Integer> pids = children.stream().map(ProcessTree.Entry::pid).toList();
        return processList().stream().filter(row -> pids.contains(row.pid())).toList();
    }

    /** How long the loop has not been seen at work; empty if it has been lately. */
    public Optional<Duration> silence() {
        return status.map(file -> Duration.between(file.heartbeat(), now)).filter(age -> age.compareTo(STALE) > 0);
    }

    /** {@code worker NAME}, if a process is the program of a background worker. */
    Optional<String> workerOf(int pid) {
        return status.flatMap(file -> file.workers().entrySet().stream()
                .filter(worker -> worker.getValue().pid() == pid)
                .map(worker -> "worker " + worker.getKey())
                .findFirst());
    }

    /** Which kind of child a process is; the name of its program if it is none. */
    String kindOf(ProcessTree.Entry process) {
        return program(process).map(StatusFile.Program::kind).orElse(process.kind());
    }

    /** Whom a process serves; empty if nobody. */
    String clientOf(ProcessTree.Entry process) {
        return program(process).map(StatusFile.Program::client).orElseGet(() -> sessions.client(process.pid()));
    }

    private Optional<StatusFile.Program> program(ProcessTree.Entry process) {
        return status.map(file -> file.programs().get(process.pid()));
    }
}
