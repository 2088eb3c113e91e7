package dev.postmaster.core;

import static dev.postmaster.core.ChildKind.ARCHIVER;
import static dev.postmaster.core.ChildKind.AV_LAUNCHER;
import static dev.postmaster.core.ChildKind.AV_WORKER;
import static dev.postmaster.core.ChildKind.BGWRITER;
import static dev.postmaster.core.ChildKind.CHECKPOINTER;
import static dev.postmaster.core.ChildKind.SYSLOGGER;
import static dev.postmaster.core.ChildKind.WAL_RECEIVER;
import static dev.postmaster.core.ChildKind.WAL_WRITER;

import dev.postmaster.core.PmAction.Launch;
import dev.postmaster.core.PmAction.QuitReason;
import dev.postmaster.core.PmAction.Signal;
import dev.postmaster.core.PmAction.StartArchiverTimer;
import java.util.List;

/** Which children this phase should have, and what to do when one cannot be launched (1.3, 1.4, PM-64). */
final class LaunchRules {
    /** The order in which PostgreSQL's loop looks after them. */
    private static final List<ChildKind> KEPT =
            List.of(SYSLOGGER, CHECKPOINTER, BGWRITER, WAL_WRITER, AV_LAUNCHER, ARCHIVER, WAL_RECEIVER);

    private LaunchRules() {}

    /** Launches whoever should be there and is not. */
    static Step launchMissing(Pm pm) {
        Step step = Step.of(pm);
        for (ChildKind kind : KEPT) {
            if (isDue(pm, kind) && !pm.launches().resting().contains(kind)) {
                step = step.then(next -> launchIfAbsent(next, kind));
            }
        }
        return step;
    }

    private static boolean isDue(Pm pm, ChildKind kind) {
        PmState state = pm.state();
        PmSettings settings = pm.settings();
        return switch (kind) {
            case SYSLOGGER -> settings.loggingCollector() && state != PmState.NO_CHILDREN;
            case CHECKPOINTER, BGWRITER -> state.isOperating();
            case WAL_WRITER -> state == PmState.RUN;
            case AV_LAUNCHER ->
                state == PmState.RUN
                        && (settings.autovacuum() || pm.launches().wanted().contains(kind));
            case ARCHIVER -> isArchiving(state, settings.archiving());
            case WAL_RECEIVER ->
                state.isOperating()
                        && state != PmState.RUN
                        && pm.launches().wanted().contains(kind);
            case STARTUP, BACKEND, AV_WORKER, BGWORKER -> false;
        };
    }

    private static boolean isArchiving(PmState state, PmSettings.Archiving archiving) {
        return switch (archiving) {
            case OFF -> false;
            case ON -> state == PmState.RUN;
            case ALWAYS -> state.isOperating() && state != PmState.STARTUP;
        };
    }

    /** Launches a child of a kind of which there is at most one, unless it lives or its program does not exist. */
    static Step launchIfAbsent(Pm pm, ChildKind kind) {
        boolean possible =
                pm.settings().launchable().contains(kind) && !pm.census().has(kind);
        return possible ? launch(pm, kind) : Step.of(pm);
    }

    static Step launch(Pm pm, ChildKind kind) {
        Pm launching = pm.launching(kind);
        return kind == ARCHIVER
                ? Step.of(launching.resting(kind), new StartArchiverTimer(), new Launch(kind))
                : Step.of(launching, new Launch(kind));
    }

    /** CK-8: what cannot be granted is treated like a failed launch. */
    static Step startAutovacWorker(Pm pm) {
        if (pm.state().isStopping()) {
            return Step.of(pm);
        }
        boolean room = pm.census().count(AV_WORKER) < pm.settings().autovacuumWorkers();
        boolean possible =
                pm.settings().launchable().contains(AV_WORKER) && pm.state().servesSessions();
        return room && possible ? launch(pm, AV_WORKER) : autovacWorkerFailed(pm);
    }

    /** The launcher sleeps a second and asks again, without limit (CK-16). */
    private static Step autovacWorkerFailed(Pm pm) {
        return pm.census().has(AV_LAUNCHER) ? Step.of(pm, Signal.to(AV_LAUNCHER, Sig.USR2)) : Step.of(pm);
    }

    /**
     * CK-16. The child was counted ahead and is counted no more. It is not launched again in the same step, because a
     * machine that is out of processes would then spin.
     */
    static Step failed(Pm pm, ChildKind kind, double chance) {
        Pm without = pm.withCensus(pm.census().minus(kind));
        return switch (kind) {
            case BACKEND, BGWORKER -> Step.of(without);
            case AV_WORKER -> autovacWorkerFailed(without);
            case STARTUP -> CrashRules.startupNotLaunched(without);
            case CHECKPOINTER -> checkpointerNotLaunched(without, chance);
            case ARCHIVER -> Step.of(without.resting(kind), new StartArchiverTimer());
            case AV_LAUNCHER, WAL_RECEIVER -> RestartRules.notLaunched(without.wanting(kind), kind, chance);
            case SYSLOGGER, BGWRITER, WAL_WRITER -> RestartRules.notLaunched(without, kind, chance);
        };
    }

    /** Without a checkpointer there is no shutdown checkpoint: as after a crash, the next start recovers (PM-17). */
    private static Step checkpointerNotLaunched(Pm pm, double chance) {
        return pm.state() == PmState.SHUTDOWN
                ? CrashRules.quitEverybody(pm.crashed(), QuitReason.STOP)
                : RestartRules.notLaunched(pm, CHECKPOINTER, chance);
    }
}
