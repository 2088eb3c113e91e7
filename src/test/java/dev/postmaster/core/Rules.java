package dev.postmaster.core;

import dev.postmaster.core.PmSettings.Archiving;
import dev.postmaster.core.PmSettings.ShutdownLadder;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Builds settings for tests: everything exists and is on, two sessions, one autovacuum worker, unless said otherwise. */
final class Rules {
    static final Duration HEALTHY = Duration.ofMinutes(1);
    static final Duration SMART_TIME = Duration.ofSeconds(20);
    static final Duration FAST_TIME = Duration.ofSeconds(10);

    private int backendSlots = 2;
    private boolean restartAfterCrash = true;
    private CrashScope crashScope = CrashScope.ISOLATED;
    private boolean sendAbort;
    private boolean hotStandby = true;
    private Archiving archiving = Archiving.ON;
    private boolean autovacuum = true;
    private boolean loggingCollector = true;
    private int childLimit = 1;
    private int crashLimit;
    private SpareLimits spares = SpareLimits.NONE;
    private ShutdownLadder ladder = ShutdownLadder.NONE;
    private final Set<ChildKind> launchable;

    private Rules(Set<ChildKind> launchable) {
        this.launchable = launchable;
    }

    static Rules allKinds() {
        return new Rules(EnumSet.allOf(ChildKind.class));
    }

    /** The smallest set that can serve a database. */
    static Rules smallest() {
        return new Rules(EnumSet.of(ChildKind.STARTUP, ChildKind.CHECKPOINTER, ChildKind.BACKEND));
    }

    /** The smallest set and these. */
    static Rules smallestWith(ChildKind... others) {
        Rules rules = smallest();
        rules.launchable.addAll(Set.of(others));
        return rules;
    }

    static Rules withoutCluster() {
        return new Rules(EnumSet.of(ChildKind.BACKEND));
    }

    Rules backendSlots(int slots) {
        backendSlots = slots;
        return this;
    }

    Rules noRestartAfterCrash() {
        restartAfterCrash = false;
        return this;
    }

    /** PostgreSQL's rule: every crash is everybody's. */
    Rules resetting() {
        crashScope = CrashScope.RESET;
        return this;
    }

    /** For a developer who wants everybody's core. */
    Rules sendingAbort() {
        sendAbort = true;
        return this;
    }

    Rules noHotStandby() {
        hotStandby = false;
        return this;
    }

    Rules archiving(Archiving when) {
        archiving = when;
        return this;
    }

    Rules noAutovacuum() {
        autovacuum = false;
        return this;
    }

    Rules noLoggingCollector() {
        loggingCollector = false;
        return this;
    }

    /** How many setbacks of a kind, and how many crashes, may follow each other. */
    Rules limits(int child, int crash) {
        childLimit = child;
        crashLimit = crash;
        return this;
    }

    /** Backends wait for clients; two start at a time. */
    Rules spares(int min, int max) {
        spares = new SpareLimits(min, max, 2);
        return this;
    }

    /** No shutdown may last for ever. */
    Rules ladder() {
        ladder = new ShutdownLadder(SMART_TIME, FAST_TIME);
        return this;
    }

    PmSettings settings() {
        int autovacuumWorkers = 1;
        return new PmSettings(
                backendSlots,
                autovacuumWorkers,
                launchable.contains(ChildKind.BGWORKER) ? 1 : 0,
                restartAfterCrash,
                crashScope,
                sendAbort,
                sendAbort,
                hotStandby,
                archiving,
                autovacuum,
                loggingCollector,
                ladder,
                new RestartPolicy(childLimit, crashLimit, Duration.ofSeconds(30), HEALTHY),
                spares,
                launchable);
    }

    /** A postmaster with these settings to which nothing has happened. */
    Story story() {
        return Story.of(Pm.initial(settings()));
    }

    /** In PM_RUN. */
    Story running() {
        Story begun = story().on(new PmEvent.Begin());
        return begun.pm().state() == PmState.RUN ? begun : begun.on(Events.exited(ChildKind.STARTUP, 0));
    }

    /** In PM_HOT_STANDBY. */
    Story hotStandby() {
        return story().on(new PmEvent.Begin(), new PmEvent.RecoveryStarted(), new PmEvent.BeginHotStandby());
    }

    /** In PM_WAIT_BACKENDS of a fast shutdown with everybody told to go and nobody gone. */
    Story stopping() {
        return running().on(Events.client(1), Events.FAST);
    }
}
