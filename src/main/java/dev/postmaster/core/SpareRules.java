package dev.postmaster.core;

import static dev.postmaster.core.BackendRole.STARTING;
import static dev.postmaster.core.BackendRole.WAITING;
import static dev.postmaster.core.ChildKind.BACKEND;

import dev.postmaster.core.PmAction.Dismiss;
import dev.postmaster.core.PmAction.DismissSpares;
import dev.postmaster.core.PmAction.HandOver;
import dev.postmaster.core.PmAction.Keep;
import dev.postmaster.core.PmAction.LaunchBackend;
import dev.postmaster.core.PmAction.LaunchSpare;

/**
 * Backends that are launched ahead of their clients. PostgreSQL launches one when a client comes; ours take longer to start,
 * and a client does not want to wait for that.
 */
final class SpareRules {
    private SpareRules() {}

    /** Launches as many as are missing, but only so many at a time. */
    static Step launchMissing(Pm pm) {
        Step step = Step.of(pm);
        for (int i = missing(pm); i > 0; i--) {
            step = step.then(next -> Step.of(next.withCensus(next.census().plusSpare()), new LaunchSpare()));
        }
        return step;
    }

    private static int missing(Pm pm) {
        if (!isServing(pm) || pm.resting().contains(BACKEND)) {
            return 0;
        }
        SpareLimits limits = pm.settings().spares();
        int missing = pm.demand().targetWithin(limits) - pm.census().spares();
        return Math.min(missing, limits.startingAtOnce() - pm.census().starting());
    }

    /** Whether clients may come at all. */
    private static boolean isServing(Pm pm) {
        return pm.state().servesSessions() && pm.shutdown() == ShutdownMode.NONE;
    }

    /** A client gets the backend that is ready soonest: one that waits, one that starts, or one launched for it. */
    static Step serve(Pm pm, long client) {
        Census census = pm.census();
        if (census.waiting() > 0) {
            Pm next = pm.withDemand(pm.demand().taken(census.waiting() - 1));
            return Step.of(next.withCensus(census.busy(WAITING)), new HandOver(client, WAITING));
        }
        if (census.starting() > 0) {
            return Step.of(pm.withCensus(census.busy(STARTING)), new HandOver(client, STARTING));
        }
        return launch(pm.withDemand(pm.demand().missed(pm.settings().spares())), client);
    }

    private static Step launch(Pm pm, long client) {
        return Step.of(pm.launching(BACKEND), new LaunchBackend(client));
    }

    /** The spare is gone, or does not take what it is given. It is a spare until it is reaped, and the client waits. */
    static Step handOverFailed(Pm pm, long client, BackendRole spare) {
        Pm without = pm.withCensus(pm.census().idle(spare));
        CacState verdict = without.admission();
        return verdict == CacState.OK
                ? launch(without, client)
                : Step.of(without, new PmAction.Refuse(client, verdict));
    }

    /**
     * A backend has served its client and could take another. It is kept even if as many wait as were launched for that: it
     * is there, and who is not needed goes when the period is over.
     */
    static Step sessionOver(Pm pm, int pid) {
        boolean room = pm.census().spares() < pm.settings().spares().max();
        return room && isServing(pm)
                ? Step.of(pm.withCensus(pm.census().idle(WAITING)), new Keep(pid))
                : Step.of(pm, new Dismiss(pid));
    }

    /** Lets go of those whom nobody has needed for a while. */
    static Step periodOver(Pm pm) {
        SpareLimits limits = pm.settings().spares();
        int waiting = pm.census().waiting();
        Pm next = pm.withDemand(pm.demand().periodOver(waiting, limits));
        int dispensable = pm.census().spares() - next.demand().targetWithin(limits);
        int tooMany = pm.census().spares() - limits.max();
        int leaving = Math.min(
                waiting, Math.max(tooMany, Math.min(dispensable, pm.demand().surplus(waiting))));
        return leaving > 0 ? Step.of(next, new DismissSpares(leaving)) : Step.of(next);
    }

    /** It will be tried again, after a pause. */
    static Step notLaunched(Pm pm, double chance) {
        Pm without = pm.withCensus(pm.census().minus(BACKEND, STARTING));
        return RestartRules.notLaunched(without, BACKEND, chance);
    }

    /** One that ends before it ever waited counts as not launched, or we would launch one after the other. */
    static Step ended(Pm pm, PmEvent.ChildExited exit) {
        return exit.role() == STARTING && isServing(pm)
                ? RestartRules.notLaunched(pm, BACKEND, exit.chance())
                : Step.of(pm);
    }
}
