package dev.postmaster.core;

import dev.postmaster.core.PmAction.EvictLoiterer;
import dev.postmaster.core.PmAction.LaunchWorker;
import dev.postmaster.core.PmAction.Refuse;
import dev.postmaster.core.PmAction.RefuseWorker;
import dev.postmaster.core.PmAction.Wait;

/** Whether a client gets a session, and if not, why (PM-53); and whether a worker gets a process. */
final class AcceptRules {
    private AcceptRules() {}

    static Step admit(Pm pm, PmEvent.ClientReady client) {
        CacState verdict = verdict(pm, client.place());
        return switch (verdict) {
            case OK -> SpareRules.serve(pm, client);
            case TOO_MANY -> makeRoom(pm, client);
            case STARTUP, NOT_CONSISTENT, NOT_HOT_STANDBY, SHUTDOWN, RECOVERY ->
                Step.of(pm, new Refuse(client.client(), verdict));
        };
    }

    /**
     * Whoever holds a backend and does not say who it is must not keep out those who would (decision 0175). A client waits
     * for the seat of one that goes, and for no other: a line for all seats would grow without end.
     */
    private static Step makeRoom(Pm pm, PmEvent.ClientReady client) {
        PmEvent.Crowd crowd = client.crowd();
        if (hasRoom(pm, client.place() - crowd.leaving())) {
            return Step.of(pm, new Wait(client.client()));
        }
        return crowd.loiterers() > 0
                ? Step.of(pm, new EvictLoiterer(), new Wait(client.client()))
                : Step.of(pm, new Refuse(client.client(), CacState.TOO_MANY));
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
