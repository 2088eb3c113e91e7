package dev.postmaster.core;

import java.util.Set;

/**
 * The knobs the rules read.
 *
 * @param backendSlots how many backends can live at once (LN-4)
 * @param autovacuumWorkers how many autovacuum workers can live at once
 * @param restartAfterCrash whether to start over after a crash, or exit
 * @param crashScope {@code RESET} widens the crash of any child to all (design of the crash scope)
 * @param hotStandby whether sessions are served during recovery
 * @param archiving when the archiver runs
 * @param autovacuum whether the autovacuum launcher runs
 * @param loggingCollector whether the syslogger runs
 * @param launchable the kinds whose program exists; the others are never launched
 */
public record PmSettings(
        int backendSlots,
        int autovacuumWorkers,
        boolean restartAfterCrash,
        CrashScope crashScope,
        boolean hotStandby,
        Archiving archiving,
        boolean autovacuum,
        boolean loggingCollector,
        Set<ChildKind> launchable) {

    public PmSettings {
        launchable = Set.copyOf(launchable);
    }

    /** {@code archive_mode}. */
    public enum Archiving {
        OFF,
        ON,
        ALWAYS
    }
}
