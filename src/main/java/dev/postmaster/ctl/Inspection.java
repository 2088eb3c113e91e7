package dev.postmaster.ctl;

import dev.postmaster.cluster.StatusFile;
import dev.postmaster.report.FileErrors;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that can be known of a running postmaster without asking it, at one moment.
 *
 * @param status what it says of itself; empty if it has not got so far
 */
record Inspection(int postmaster, Optional<StatusFile> status, ProcessTree processes, Sessions sessions, Instant now) {
    /** The loop beats once a second; probes call it stuck after the same time. */
    private static final Duration STALE = Duration.ofSeconds(20);

    /** @throws CtlFailure with status 3 if no postmaster runs, with 4 if there is no cluster */
    static Inspection of(Target target, Processes processes) {
        OptionalLong pid = target.pid(CtlFailure.NO_CLUSTER);
        if (pid.isEmpty() || !processes.isServer(pid.getAsLong())) {
            throw new CtlFailure(CtlFailure.NOT_RUNNING, "no server running");
        }
        int postmaster = (int) pid.getAsLong();
        return new Inspection(
                postmaster,
                status(target, postmaster),
                ProcessTree.read(),
                Sessions.read(target, postmaster),
                Instant.now());
    }

    /** The file of an earlier postmaster tells nothing of this one. */
    private static Optional<StatusFile> status(Target target, int postmaster) {
        try {
            return StatusFile.read(target.layout()).filter(file -> file.get(StatusFile.Fact.PID)
                    .filter(Integer.toString(postmaster)::equals)
                    .isPresent());
        } catch (IOException e) {
            throw CtlFailure.of("could not read file \"" + target.layout().statusFile() + "\": " + FileErrors.words(e));
        }
    }

    /** A fact; {@code otherwise} if the postmaster does not tell. */
    String fact(StatusFile.Fact fact, String otherwise) {
        return status.flatMap(file -> file.get(fact)).orElse(otherwise);
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

    /** How long the loop has not been seen at work; empty if it has been lately. */
    Optional<Duration> silence() {
        return status.map(file -> Duration.between(file.heartbeat(), now)).filter(age -> age.compareTo(STALE) > 0);
    }
}
