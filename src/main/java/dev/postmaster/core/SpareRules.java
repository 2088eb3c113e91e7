package dev.postmaster.core;

import static dev.postmaster.core.BackendRole.PASSED_OVER;
import static dev.postmaster.core.BackendRole.SESSION;
import static dev.postmaster.core.BackendRole.STARTING;
import static dev.postmaster.core.BackendRole.WAITING;
import static dev.postmaster.core.ChildKind.BACKEND;

import dev.postmaster.core.PmAction.Dismiss;
import dev.postmaster.core.PmAction.DismissSpares;
import dev.postmaster.core.PmAction.HandOver;
import dev.postmaster.core.PmAction.Keep;
import dev.postmaster.core.PmAction.LaunchBackend;
import dev.postmaster.core.PmAction.LaunchSpare;
import dev.postmaster.core.PmAction.Refuse;
import dev.postmaster.core.PmAction.Wait;

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
            step = step.then(SpareRules::launch);
        }
        return step;
    }

    private static int missing(Pm pm) {
        if (pm.admission() != CacState.OK || pm.launches().resting().contains(BACKEND)) {
            return 0;
        }
        SpareLimits limits = pm.settings().spares();
        int missing = pm.demand().targetWithin(limits) - pm.census().spares();
        return Math.min(
                Math.min(missing, room(pm)),
                limits.startingAtOnce() - pm.census().starting());
    }

    /** So many more can be launched ahead. Clients keep their seats, however many backends hang at birth. */
    private static int room(Pm pm) {
        int backends = pm.census().count(BACKEND);
        int seats = pm.settings().backendSlots();
        return Math.min(seats - pm.census().withoutClient(), pm.settings().backendProcesses() - backends);
    }

    private static Step launch(Pm pm) {
        return Step.of(pm.withCensus(pm.census().plusSpare()), new LaunchSpare());
    }

    /** Whether clients may come, if there is room. */
    private static boolean isServing(Pm pm) {
        return pm.state().servesSessions() && pm.shutdown() == ShutdownMode.NONE;
    }

    /**
     * A client gets a backend that waits, or the next that is ready: of many that are launched together, the first is ready as
     * late as the last. One is launched for itself only if there are no others.
     */
    static Step serve(Pm pm, PmEvent.ClientReady client) {
        SpareLimits limits = pm.settings().spares();
        Census census = pm.census();
        if (client.place() == 1 && census.waiting() > 0) {
            Pm next = pm.withDemand(pm.demand().taken(census.waiting() - 1));
            return Step.of(next.withCensus(census.moved(WAITING, SESSION)), new HandOver(client.client()));
        }
        boolean noneToCome = census.starting() == 0 && room(pm) <= 0;
        if (limits.max() == 0 || noneToCome || pm.launches().resting().contains(BACKEND)) {
            return launchFor(pm, client);
        }
        Pm next = pm.withDemand(pm.demand().missed(client.inLine(), limits));
        Step waits = Step.of(next, new Wait(client.client()));
        boolean more = room(pm) > 0 && census.starting() < Math.min(client.inLine(), limits.startingAtOnce());
        return more ? waits.then(SpareRules::launch) : waits;
    }

    private static Step launchFor(Pm pm, PmEvent.ClientReady client) {
        return pm.census().count(BACKEND) < pm.settings().backendProcesses()
                ? Step.of(pm.launching(BACKEND), new LaunchBackend(client.client()))
                : Step.of(pm, new Refuse(client.client(), CacState.TOO_MANY));
    }

    /** It counts as not launched, or we would launch one after the other that hangs. */
    static Step overdue(Pm pm, double chance) {
        Pm without = pm.withCensus(pm.census().moved(STARTING, PASSED_OVER));
        return isServing(pm) ? RestartRules.notLaunched(without, BACKEND, chance) : Step.of(without);
    }

    /**
     * A backend could take a client. It is kept even if as many wait or start as there should be: it is there, and who is not
     * needed goes when the period is over.
     */
    static Step waits(Pm pm, PmEvent.BackendWaits backend) {
        boolean room = pm.census().waiting() < pm.settings().spares().max();
        return backend.before() == STARTING || (room && isServing(pm))
                ? Step.of(pm.withCensus(pm.census().moved(backend.before(), WAITING)), new Keep(backend.pid()))
                : Step.of(pm, new Dismiss(backend.pid()));
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
        return leaving > 0
                ? Step.of(
                        next.withCensus(next.census().moved(WAITING, PASSED_OVER, leaving)), new DismissSpares(leaving))
                : Step.of(next);
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
