package dev.postmaster.core;

import dev.postmaster.core.PmAction.LaunchWorker;
import dev.postmaster.core.PmAction.Refuse;
import dev.postmaster.core.PmAction.RefuseWorker;

/** Whether a client gets a session, and if not, why (PM-53); and whether a worker gets a process. */
final class AcceptRules {
    private AcceptRules() {}

    static Step admit(Pm pm, PmEvent.ClientReady client) {
        CacState verdict = verdict(pm, client.place());
        return verdict == CacState.OK
                ? SpareRules.serve(pm, client)
                : Step.of(pm, new Refuse(client.client(), verdict));
    }

    /**
     * A worker has a pool of slots to itself and is due by its own rule (BW-3), so that only these two are asked (BW-14,
     * BW-15).
     */
    static Step admitWorker(Pm pm, int worker) {
        boolean wrongTime = pm.fatalError() || !pm.state().isOperating();
        boolean room = pm.census().count(ChildKind.BGWORKER) < pm.settings().workerSlots();
        return room && !wrongTime
                ? Step.of(pm.launching(ChildKind.BGWORKER), new LaunchWorker(worker))
                : Step.of(pm, new RefuseWorker(worker));
    }

    /** @param place in the line of those that nobody serves yet: whoever is before it will take a seat */
    static CacState verdict(Pm pm, int place) {
        if (pm.shutdown() != ShutdownMode.NONE) {
            return CacState.SHUTDOWN;
        }
        if (pm.fatalError()) {
            return CacState.RECOVERY;
        }
        return switch (pm.state()) {
            case INIT, STARTUP -> CacState.STARTUP;
            case RECOVERY -> pm.settings().hotStandby() ? CacState.NOT_CONSISTENT : CacState.NOT_HOT_STANDBY;
            case HOT_STANDBY, RUN -> hasRoom(pm, place) ? CacState.OK : CacState.TOO_MANY;
            case STOP_BACKENDS, WAIT_BACKENDS, SHUTDOWN, SHUTDOWN_2, WAIT_DEAD_END, NO_CHILDREN -> CacState.RECOVERY;
        };
    }

    private static boolean hasRoom(Pm pm, int place) {
        return pm.census().clients() + place <= pm.settings().backendSlots();
    }
}
