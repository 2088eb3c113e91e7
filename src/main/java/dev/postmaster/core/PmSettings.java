package dev.postmaster.core;

import java.time.Duration;
import java.util.Set;

/**
 * The knobs the rules read.
 *
 * @param backendSlots how many backends can live at once (LN-4)
 * @param autovacuumWorkers how many autovacuum workers can live at once
 * @param workerSlots how many background workers can live at once
 * @param restartAfterCrash whether to start over after a crash, or exit
 * @param crashScope {@code RESET} widens the crash of any child to all (design of the crash scope)
 * @param sendAbortForCrash whether a crash ends the others by SIGABRT, for a developer who wants their cores (PM-46)
 * @param sendAbortForKill likewise for those who do not leave
 * @param hotStandby whether sessions are served during recovery
 * @param archiving when the archiver runs
 * @param autovacuum whether the autovacuum launcher runs
 * @param loggingCollector whether the syslogger runs
 * @param ladder when a shutdown becomes a stronger one by itself
 * @param restart how patient we are with what does not stay up
 * @param spares how many backends wait for clients ahead of time
 * @param launchable the kinds whose program exists, the others are never launched; backends always, startup process and
 *     checkpointer both or, without a cluster, neither
 */
public record PmSettings(
        int backendSlots,
        int autovacuumWorkers,
        int workerSlots,
        boolean restartAfterCrash,
        CrashScope crashScope,
        boolean sendAbortForCrash,
        boolean sendAbortForKill,
        boolean hotStandby,
        Archiving archiving,
        boolean autovacuum,
        boolean loggingCollector,
        ShutdownLadder ladder,
        RestartPolicy restart,
        SpareLimits spares,
        Set<ChildKind> launchable) {

    public PmSettings {
        launchable = Set.copyOf(launchable);
        if (!launchable.contains(ChildKind.BACKEND)) {
            throw new IllegalArgumentException("nobody to serve clients");
        }
        if (launchable.contains(ChildKind.STARTUP) != launchable.contains(ChildKind.CHECKPOINTER)) {
            throw new IllegalArgumentException("a cluster needs both a startup process and a checkpointer");
        }
    }

    /** Whether there is a database to recover first and to checkpoint last ({@code cluster}). */
    public boolean hasCluster() {
        return launchable.contains(ChildKind.STARTUP);
    }

    /** How many backends can live at once, those without a client included (LN-4: twice the limit). */
    int backendProcesses() {
        return 2 * backendSlots;
    }

    /** Whom a crash of this kind ends. The syslogger is not asked: it never crashes for others (1.5). */
    CrashScope crashScopeOf(ChildKind kind) {
        return crashScope == CrashScope.RESET ? CrashScope.RESET : kind.crashScope();
    }

    /**
     * How long each kind of shutdown may take before the next one follows; zero is for ever.
     *
     * @param smart {@code smart_shutdown_timeout}
     * @param fast {@code fast_shutdown_timeout}
     */
    public record ShutdownLadder(Duration smart, Duration fast) {
        public static final ShutdownLadder NONE = new ShutdownLadder(Duration.ZERO, Duration.ZERO);

        /** How long a shutdown in this mode may take; zero is for ever. After the last one comes {@code SIGKILL}. */
        Duration after(ShutdownMode mode) {
            return switch (mode) {
                case SMART -> smart;
                case FAST -> fast;
                case NONE, IMMEDIATE -> Duration.ZERO;
            };
        }
    }

    /** {@code archive_mode}. */
    public enum Archiving {
        OFF,
        ON,
        ALWAYS
    }
}
