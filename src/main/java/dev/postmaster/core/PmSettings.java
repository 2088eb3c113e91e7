package dev.postmaster.core;

import java.util.Set;

/**
 * The knobs the rules read.
 *
 * @param backendSlots how many backends can live at once (LN-4)
 * @param autovacuumWorkers how many autovacuum workers can live at once
 * @param restartAfterCrash whether to start over after a crash, or exit
 * @param crashScope {@code RESET} widens the crash of any child to all (design of the crash scope)
 * @param sendAbortForCrash whether a crash ends the others by SIGABRT, for a developer who wants their cores (PM-46)
 * @param sendAbortForKill likewise for those who do not leave
 * @param hotStandby whether sessions are served during recovery
 * @param archiving when the archiver runs
 * @param autovacuum whether the autovacuum launcher runs
 * @param loggingCollector whether the syslogger runs
 * @param launchable the kinds whose program exists, the others are never launched; backends always, startup process and
 *     checkpointer both or, without a cluster, neither
 */
public record PmSettings(
        int backendSlots,
        int autovacuumWorkers,
        boolean restartAfterCrash,
        CrashScope crashScope,
        boolean sendAbortForCrash,
        boolean sendAbortForKill,
        boolean hotStandby,
        Archiving archiving,
        boolean autovacuum,
        boolean loggingCollector,
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

    /** Whom a crash of this kind ends. The syslogger is not asked: it never crashes for others (1.5). */
    CrashScope crashScopeOf(ChildKind kind) {
        return crashScope == CrashScope.RESET ? CrashScope.RESET : kind.crashScope();
    }

    /** {@code archive_mode}. */
    public enum Archiving {
        OFF,
        ON,
        ALWAYS
    }
}
