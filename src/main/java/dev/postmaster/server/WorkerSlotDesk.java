package dev.postmaster.server;

import dev.postmaster.core.Pm;
import dev.postmaster.shmem.WorkerRecord;
import dev.postmaster.shmem.WorkerSlot;
import dev.postmaster.shmem.WorkerSlots;

/** What children ask for in shared memory: workers that are to be registered, and some that are to end (BW-19). */
@OnLoop
final class WorkerSlotDesk {
    private final WorkerDesk desk;
    private final WorkerRolls rolls;
    private final WorkerReports reports;

    WorkerSlotDesk(WorkerDesk desk, WorkerRolls rolls, WorkerReports reports) {
        this.desk = desk;
        this.rolls = rolls;
        this.reports = reports;
    }

    /** Looks at all slots, because a signal does not say which. */
    void examine(Pm pm) {
        WorkerSlots slots = rolls.slots();
        if (slots.recordedSize() != slots.size()) {
            reports.inconsistent(slots.size(), slots.recordedSize());
            return;
        }
        for (int worker = 0; worker < slots.size(); worker++) {
            if (slots.slot(worker).isInUse()) {
                examine(worker, slots.slot(worker), pm);
            }
        }
    }

    private void examine(int worker, WorkerSlot slot, Pm pm) {
        if (rolls.find(worker) != null) {
            if (slot.isToTerminate()) {
                desk.terminate(worker);
            }
        } else if (slot.isToTerminate() || pm.state().isStopping()) {
            decline(slot);
        } else {
            adopt(worker, slot.record());
        }
    }

    private void decline(WorkerSlot slot) {
        int waiter = slot.record().notifyPid();
        slot.publishPid(WorkerSlot.STOPPED);
        slot.free();
        rolls.notify(waiter);
    }

    private void adopt(int worker, WorkerRecord record) {
        int waiter = record.notifyPid();
        boolean known = waiter == 0 || rolls.canBeTold(waiter);
        if (!known) {
            reports.debug("worker notification PID " + waiter + " is not valid");
        }
        rolls.adopt(worker, record);
        desk.registered(worker, known ? waiter : 0);
    }
}
