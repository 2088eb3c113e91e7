package dev.postmaster.shmem;

import dev.postmaster.core.WorkerFlag;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How a child registers a background worker (BW-10). Children that do so at the same time keep each other away with the
 * kernel's lock on a file, which is gone when its owner is, however it ended; half-filled slots are free slots. The
 * postmaster takes no part in it (BW-9): what keeps it away is the claim on each slot, see {@link WorkerSlot}.
 *
 * <p>One object in each process: the kernel's lock does not keep threads of one process apart, and is lost when any
 * descriptor of the file is closed.
 */
public final class WorkerRegistrar {
    /**
     * A registration, in the terms of shared memory.
     *
     * @param slot number of the worker slot
     * @param generation tells it from an earlier or a later one in the same slot
     */
    public record Registration(int slot, long generation) {}

    private final WorkerSlots slots;
    private final Path lockFile;
    private final FileAttribute<?> mode;
    private final ReentrantLock threads = new ReentrantLock();

    /**
     * @param lockFile the same for all children of a cluster; made if it is not there
     * @param mode of the file
     */
    public WorkerRegistrar(WorkerSlots slots, Path lockFile, FileAttribute<?> mode) {
        this.slots = slots;
        this.lockFile = lockFile;
        this.mode = mode;
    }

    /**
     * Takes a free slot for this worker. Afterwards the postmaster is to be told ({@link
     * PmSignal#BACKGROUND_WORKER_CHANGE}).
     *
     * @return nothing if all slots are taken, or too many workers of the {@link WorkerFlag#PARALLEL} class are registered
     * @param maxParallel how many workers of that class there may be
     * @throws IOException if the lock file cannot be opened or locked
     */
    public Optional<Registration> register(WorkerRecord record, int maxParallel) throws IOException {
        threads.lock();
        try (FileChannel channel =
                        FileChannel.open(lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), mode);
                FileLock others = channel.lock()) {
            return others.isValid() ? take(record, maxParallel) : Optional.empty();
        } finally {
            threads.unlock();
        }
    }

    private Optional<Registration> take(WorkerRecord record, int maxParallel) {
        if (WorkerFlag.PARALLEL.isIn(record.flags()) && parallel() >= maxParallel) {
            return Optional.empty();
        }
        for (int number = 0; number < slots.size(); number++) {
            OptionalLong generation = slots.slot(number).take(record);
            if (generation.isPresent()) {
                return Optional.of(new Registration(number, generation.getAsLong()));
            }
        }
        return Optional.empty();
    }

    private int parallel() {
        int parallel = 0;
        for (int number = 0; number < slots.size(); number++) {
            WorkerSlot slot = slots.slot(number);
            if (slot.isInUse() && WorkerFlag.PARALLEL.isIn(slot.record().flags())) {
                parallel++;
            }
        }
        return parallel;
    }
}
