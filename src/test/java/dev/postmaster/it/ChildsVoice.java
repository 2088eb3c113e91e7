package dev.postmaster.it;

import dev.postmaster.shmem.PmSignal;
import dev.postmaster.shmem.SegmentException;
import dev.postmaster.shmem.SharedSegment;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** Tells a postmaster what a child would tell it, in the way of a child: a flag in shared memory, then SIGUSR1 (SG-27). */
final class ChildsVoice {
    private static final String SEGMENT = "memfd:postmaster segment";

    private ChildsVoice() {}

    static void say(RunningPostmaster postmaster, PmSignal signal) {
        segment(postmaster).pmSignals().raise(signal);
        postmaster.signal("USR1");
    }

    /** What the postmaster's children are attached to, now; after a crash there is another one. */
    static SharedSegment segment(RunningPostmaster postmaster) {
        int theirs = descriptor(postmaster.pid());
        String path = "/proc/" + postmaster.pid() + "/fd/" + theirs;
        try (var _ = new RandomAccessFile(path, "rw")) {
            int ours = descriptor(ProcessHandle.current().pid());
            return SharedSegment.attach(ours, SharedSegment.view(Path.of(path)).identity());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SegmentException e) {
            throw new AssertionError(e);
        }
    }

    private static int descriptor(long pid) {
        return Proc.descriptorsOf(pid).entrySet().stream()
                .filter(entry -> entry.getValue().contains(SEGMENT))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
