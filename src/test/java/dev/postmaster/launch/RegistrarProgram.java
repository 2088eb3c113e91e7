package dev.postmaster.launch;

import dev.postmaster.cluster.FileModes;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.WorkerStart;
import dev.postmaster.os.Os;
import dev.postmaster.shmem.SharedSegment;
import dev.postmaster.shmem.WorkerRecord;
import dev.postmaster.shmem.WorkerRegistrar;
import java.nio.file.Path;
import java.util.Objects;

/** A child that registers workers without end, to be killed at any point. */
public final class RegistrarProgram {
    private RegistrarProgram() {}

    /** Registers whenever a slot is free. */
    public static void main(String[] args) throws Exception {
        Os os = Os.open();
        ParameterBlock block = new ParameterSource(os.fds(), os.rawIo()).take(ChildKind.BGWRITER, args[1]);
        SharedSegment segment = SharedSegment.attach(
                ChildDescriptors.SHARED_SEGMENT,
                Objects.requireNonNull(block.own().segment()));
        WorkerRegistrar registrar =
                registrar(segment, Path.of(block.common().paths().dataDirectory()));
        for (int number = 1; ; number++) {
            registrar.register(record(os.thisProcess().pid() + "-" + number), 0);
        }
    }

    static WorkerRegistrar registrar(SharedSegment segment, Path dataDirectory) {
        return new WorkerRegistrar(segment.workers(), dataDirectory.resolve("lock"), FileModes.OWNER_ONLY.file());
    }

    /** All parts follow from one text, so that a mixture of two shows. */
    static WorkerRecord record(String text) {
        return new WorkerRecord(
                text, text, 1, WorkerStart.RECOVERY_FINISHED, text.length(), text, text, text.repeat(20), 0);
    }
}
