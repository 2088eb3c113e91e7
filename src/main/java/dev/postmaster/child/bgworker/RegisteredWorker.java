package dev.postmaster.child.bgworker;

import dev.postmaster.child.SharedMemory;
import dev.postmaster.shmem.PmSignal;
import dev.postmaster.shmem.WorkerRegistrar.Registration;
import dev.postmaster.shmem.WorkerSlot;
import dev.postmaster.worker.WorkerHandle;
import dev.postmaster.worker.WorkerStatus;
import java.time.Duration;

/** A worker that this one registered, seen through its slot (BW-12, BW-13). */
final class RegisteredWorker implements WorkerHandle {
    /** How long a notice may be lost, for instance because this worker was busy when it came. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final SharedMemory shared;
    private final Registration registration;
    private final Attention attention;

    RegisteredWorker(SharedMemory shared, Registration registration, Attention attention) {
        this.shared = shared;
        this.registration = registration;
        this.attention = attention;
    }

    @Override
    public WorkerStatus status() {
        int pid = slot().pidOf(registration.generation());
        return switch (pid) {
            case WorkerSlot.NOT_STARTED -> new WorkerStatus.NotYetStarted();
            case WorkerSlot.STOPPED -> new WorkerStatus.Stopped();
            default -> new WorkerStatus.Started(pid);
        };
    }

    @Override
    public WorkerStatus awaitStart() throws InterruptedException {
        WorkerStatus status = status();
        while (status instanceof WorkerStatus.NotYetStarted) {
            attention.pause(LOOK_AGAIN);
            status = status();
        }
        return status;
    }

    @Override
    public void awaitStop() throws InterruptedException {
        while (!(status() instanceof WorkerStatus.Stopped)) {
            attention.pause(LOOK_AGAIN);
        }
    }

    @Override
    public void terminate() {
        slot().requestTermination(registration.generation());
        shared.postmaster().send(PmSignal.BACKGROUND_WORKER_CHANGE);
    }

    private WorkerSlot slot() {
        return shared.segment().workers().slot(registration.slot());
    }
}
