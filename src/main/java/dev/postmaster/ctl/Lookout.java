package dev.postmaster.ctl;

import dev.postmaster.cluster.StatusFile;
import dev.postmaster.inspection.Inspection;
import dev.postmaster.inspection.ProcessTree;
import dev.postmaster.inspection.Sessions;
import dev.postmaster.report.FileErrors;
import dev.postmaster.shmem.SegmentException;
import dev.postmaster.shmem.SharedSegment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks at a running postmaster from outside: at its files, at {@code /proc}, and at its shared segment. */
final class Lookout {
    private static final int SHARED_MEMORY_LINE = 7;

    private Lookout() {}

    /** @throws CtlFailure with status 3 if no postmaster runs, with 4 if there is no cluster */
    static Inspection at(Target target, Processes processes) {
        OptionalLong pid = target.pid(CtlFailure.NO_CLUSTER);
        if (pid.isEmpty() || !processes.isServer(pid.getAsLong())) {
            throw new CtlFailure(CtlFailure.NOT_RUNNING, "no server running");
        }
        int postmaster = (int) pid.getAsLong();
        return new Inspection(
                postmaster, status(target, postmaster), tree(), sessions(target, postmaster), Instant.now());
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

    private static ProcessTree tree() {
        try {
            return ProcessTree.read();
        } catch (UncheckedIOException e) {
            String why = Objects.requireNonNull(e.getCause()).getMessage();
            throw CtlFailure.of("could not read directory \"/proc\": " + why);
        }
    }

    /** By the postmaster's own descriptor. Nothing is known of anybody if the segment cannot be looked at. */
    private static Sessions sessions(Target target, int postmaster) {
        Optional<String> line = target.pidFileLine(SHARED_MEMORY_LINE);
        if (line.isEmpty()) {
            return Sessions.UNKNOWN;
        }
        String[] keyAndId = line.get().strip().split(" +", -1);
        Path segment = Path.of("/proc/" + postmaster + "/fd/" + keyAndId[keyAndId.length - 1]);
        try {
            return Sessions.read(SharedSegment.view(segment));
        } catch (SegmentException unreadable) {
            return Sessions.UNKNOWN; // the postmaster is just leaving, or belongs to somebody else
        }
    }
}
