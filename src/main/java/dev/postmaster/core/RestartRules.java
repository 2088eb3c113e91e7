package dev.postmaster.core;

import static dev.postmaster.core.ChildKind.AV_LAUNCHER;
import static dev.postmaster.core.ChildKind.BGWRITER;
import static dev.postmaster.core.ChildKind.CHECKPOINTER;
import static dev.postmaster.core.ChildKind.SYSLOGGER;
import static dev.postmaster.core.ChildKind.WAL_WRITER;

import dev.postmaster.core.PmAction.ForgetCrashesLater;
import dev.postmaster.core.PmAction.ForgetSetbacksLater;
import dev.postmaster.core.PmAction.RelaunchLater;
import dev.postmaster.core.PmAction.Say;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What becomes of a kind of child that does not stay up. PostgreSQL tries again at once and for ever. Here the first try is
 * at once, the next ones come after longer and longer pauses, and when that does not help the next larger thing is tried:
 * the child, then the system, then the orchestrator. Kinds whose timing the specification fixes are not here (archiver,
 * workers), nor is whoever comes on request only.
 */
final class RestartRules {
    /** Without these the system serves, but not for long: they are worth starting over for. */
    private static final Set<ChildKind> VITAL = EnumSet.of(CHECKPOINTER, BGWRITER, WAL_WRITER);

    /** Longer than a process needs that fails at birth, shorter than the time between two accidents. */
    private static final Duration LIFE_OF_A_LOGGER = Duration.ofMillis(500);

    private RestartRules() {}

    /** A launch that failed (CK-16). Not even the first try is in the same step: see decision 3. */
    static Step notLaunched(Pm pm, ChildKind kind, double chance) {
        return setback(pm, kind, chance);
    }

    /** A child ended well, but nobody had told it to. Its first successor comes at once (PM-64). */
    static Step left(Pm pm, ChildKind kind, double chance) {
        boolean unasked = kind == BGWRITER
                || kind == WAL_WRITER
                || (kind == AV_LAUNCHER && pm.settings().autovacuum());
        if (!unasked || pm.state().isStopping()) {
            return Step.of(pm);
        }
        return leftUnasked(pm, kind, chance);
    }

    /**
     * A syslogger is missed in every state, and its successor comes at once (LOG-8) unless it did not outlive its birth:
     * those who log wait for it meanwhile, so it is forgiven much sooner than others.
     */
    static Step loggerLeft(Pm pm, double chance) {
        return pm.settings().loggingCollector() ? leftUnasked(pm, SYSLOGGER, chance) : Step.of(pm);
    }

    private static Step leftUnasked(Pm pm, ChildKind kind, double chance) {
        return pm.setbacks().of(kind) == 0 ? note(pm, kind, Duration.ZERO) : setback(pm, kind, chance);
    }

    private static Step setback(Pm pm, ChildKind kind, double chance) {
        RestartPolicy policy = pm.settings().restart();
        int setbacks = Math.min(pm.setbacks().of(kind) + 1, policy.mostSetbacks());
        Duration pause = kind == SYSLOGGER ? policy.shortPause(setbacks, chance) : policy.pause(setbacks, chance);
        Step resting = note(pm, kind, pause).then(next -> Step.of(next.resting(kind), new RelaunchLater(kind, pause)));
        boolean giveUp =
                VITAL.contains(kind) && policy.isTooMany(setbacks) && pm.state().isOperating();
        return giveUp ? resting.then(next -> startOver(next, kind, setbacks)) : resting;
    }

    private static Step note(Pm pm, ChildKind kind, Duration pause) {
        RestartPolicy policy = pm.settings().restart();
        return Step.of(
                pm.withSetbacks(pm.setbacks().plus(kind, policy.mostSetbacks())),
                new ForgetSetbacksLater(kind, healthyAfter(kind, policy).plus(pause)));
    }

    private static Duration healthyAfter(ChildKind kind, RestartPolicy policy) {
        return kind == SYSLOGGER ? LIFE_OF_A_LOGGER : policy.healthyAfter();
    }

    private static Step startOver(Pm pm, ChildKind kind, int setbacks) {
        Say why = new Say(
                kind.backendType() + " process did not stay up, " + setbacks + " times in a row; starting over");
        return Step.of(pm.withSetbacks(pm.setbacks().forgetting(kind)), why).then(CrashRules::crashed);
    }

    /** The system serves again. What went before is forgotten if it does so for a while. */
    static Step serving(Pm pm) {
        return pm.setbacks().crashes() == 0
                ? Step.of(pm)
                : Step.of(pm, new ForgetCrashesLater(pm.settings().restart().healthyAfter()));
    }

    static Step crashesForgotten(Pm pm) {
        return Step.of(
                pm.state().servesSessions() ? pm.withSetbacks(pm.setbacks().forgettingCrashes()) : pm);
    }
}
