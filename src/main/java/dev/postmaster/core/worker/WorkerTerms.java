package dev.postmaster.core.worker;

import dev.postmaster.core.WorkerStart;

/**
 * What the rules look at in a registration (BW-1).
 *
 * @param start from when on it may run
 * @param restart when it comes back
 * @param notifyPid the process that wants to hear of its start and end; 0 is nobody
 */
public record WorkerTerms(WorkerStart start, RestartTerms restart, int notifyPid) {
    WorkerTerms notifying(int pid) {
        return new WorkerTerms(start, restart, pid);
    }
}
