package dev.postmaster.server;

import dev.postmaster.config.ClusterKind;
import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.PmSettings;
import dev.postmaster.core.RestartPolicy;
import dev.postmaster.core.SpareLimits;
import dev.postmaster.shmem.PoolSizes;
import dev.postmaster.shmem.SegmentShape;
import java.util.EnumSet;
import java.util.Set;

/** From the settings to what the rules read and the pools hold. */
final class SettingsMapper {
    /** The kinds that have something to do where there are no databases. */
    private static final Set<ChildKind> WITHOUT_CLUSTER =
            Set.of(ChildKind.BACKEND, ChildKind.BGWORKER, ChildKind.SYSLOGGER);

    private SettingsMapper() {}

    /** @param existing the kinds whose program exists */
    static PmSettings rules(Settings settings, Set<ChildKind> existing) {
        Set<ChildKind> launchable = launchable(settings, existing);
        return new PmSettings(
                settings.get(Guc.MAX_CONNECTIONS),
                settings.get(Guc.AUTOVACUUM_MAX_WORKERS),
                settings.get(Guc.MAX_WORKER_PROCESSES),
                settings.get(Guc.RESTART_AFTER_CRASH),
                settings.get(Guc.CRASH_SCOPE),
                settings.get(Guc.SEND_ABORT_FOR_CRASH),
                settings.get(Guc.SEND_ABORT_FOR_KILL),
                settings.get(Guc.HOT_STANDBY),
                PmSettings.Archiving.OFF,
                launchable.contains(ChildKind.AV_LAUNCHER),
                settings.get(Guc.LOGGING_COLLECTOR),
                new PmSettings.ShutdownLadder(
                        settings.get(Guc.SMART_SHUTDOWN_TIMEOUT), settings.get(Guc.FAST_SHUTDOWN_TIMEOUT)),
                new RestartPolicy(
                        settings.get(Guc.CHILD_RESTART_LIMIT),
                        settings.get(Guc.CRASH_RESTART_LIMIT),
                        settings.get(Guc.RESTART_PAUSE_MAX),
                        settings.get(Guc.RESTART_HEALTHY_AFTER)),
                spares(settings),
                launchable);
    }

    /** Programs of others are not launched ahead, for they take their client as descriptor 0; nor is who has no database. */
    static SpareLimits spares(Settings settings) {
        if (settings.get(Guc.CLUSTER) == ClusterKind.NONE
                || !settings.get(Guc.BACKEND_COMMAND).isEmpty()) {
            return SpareLimits.NONE;
        }
        // Those that wait and those that start must fit into the slots that PoolSizes has beside those of the sessions.
        int most = settings.get(Guc.MAX_CONNECTIONS) / 2;
        int max = Math.min(settings.get(Guc.SPARES_MAX), most);
        int min = Math.min(settings.get(Guc.SPARES_MIN), max);
        return new SpareLimits(min, max, Math.min(Runtime.getRuntime().availableProcessors(), most));
    }

    /** The kinds that have something to do. */
    private static Set<ChildKind> launchable(Settings settings, Set<ChildKind> existing) {
        Set<ChildKind> launchable = EnumSet.copyOf(existing);
        if (settings.get(Guc.CLUSTER) == ClusterKind.NONE) {
            launchable.retainAll(WITHOUT_CLUSTER);
        }
        return launchable;
    }

    static PoolSizes pools(Settings settings) {
        return new PoolSizes(
                settings.get(Guc.MAX_CONNECTIONS) + settings.get(Guc.MAX_WAL_SENDERS),
                settings.get(Guc.AUTOVACUUM_MAX_WORKERS),
                settings.get(Guc.MAX_WORKER_PROCESSES));
    }

    static SegmentShape segment(Settings settings) {
        return new SegmentShape(pools(settings).total(), settings.get(Guc.MAX_WORKER_PROCESSES));
    }

    /** As many seats as PostgreSQL 15 has slots for children, those that authenticate included (PM-59). */
    static FirstPacketDesk.Limits desk(Settings settings) {
        return new FirstPacketDesk.Limits(
                settings.get(Guc.AUTHENTICATION_TIMEOUT),
                2 * maxBackends(settings),
                settings.get(Guc.CONNECTION_RATE_PER_SOURCE));
    }

    /** MaxBackends (PM-59). */
    private static int maxBackends(Settings settings) {
        return settings.get(Guc.MAX_CONNECTIONS)
                + settings.get(Guc.AUTOVACUUM_MAX_WORKERS)
                + 1
                + settings.get(Guc.MAX_WAL_SENDERS)
                + settings.get(Guc.MAX_WORKER_PROCESSES);
    }
}
