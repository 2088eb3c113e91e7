package dev.postmaster.core;

import static dev.postmaster.core.ChildKind.ARCHIVER;
import static dev.postmaster.core.ChildKind.AV_LAUNCHER;
import static dev.postmaster.core.ChildKind.AV_WORKER;
import static dev.postmaster.core.ChildKind.BGWRITER;
import static dev.postmaster.core.ChildKind.SYSLOGGER;
import static dev.postmaster.core.ChildKind.WAL_RECEIVER;
import static dev.postmaster.core.ChildKind.WAL_WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.PmSettings.Archiving;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every event in every reachable state. All kinds together have too many states for that, so each group of kinds that
 * have to do with each other is explored to the last state, and all together are visited at random.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExhaustiveTest {
    private static final int RANDOM_STEPS = 200_000;

    private static final World SESSIONS = World.of("sessions", Rules.smallest().backendSlots(3));

    private final Map<World, Set<Pm>> explored = new HashMap<>();

    /** What is explored to the last state. */
    record World(String name, Pm beginning) {
        static World of(String name, Rules rules) {
            return new World(name, Pm.initial(rules.settings()));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<World> worlds() {
        Pm withBackgroundWorker = Rules.smallestWith(ChildKind.BGWORKER)
                .backendSlots(1)
                .running()
                .with(ChildKind.BGWORKER)
                .pm();
        return List.of(
                SESSIONS,
                World.of("ladder", Rules.smallestWith(ARCHIVER).backendSlots(1).ladder()),
                World.of("PostgreSQL's crash rule", Rules.smallest().resetting()),
                World.of("setbacks", Rules.smallest().backendSlots(1).limits(2, 1)),
                World.of("logger", Rules.smallestWith(SYSLOGGER).backendSlots(1)),
                World.of("background writer", Rules.smallestWith(BGWRITER).backendSlots(1)),
                World.of("WAL writer", Rules.smallestWith(WAL_WRITER).backendSlots(1)),
                World.of(
                        "hot standby",
                        Rules.smallestWith(ARCHIVER, WAL_RECEIVER)
                                .backendSlots(1)
                                .archiving(Archiving.ALWAYS)),
                World.of("warm standby", Rules.smallestWith(WAL_RECEIVER).noHotStandby()),
                World.of(
                        "autovacuum", Rules.smallestWith(AV_LAUNCHER, AV_WORKER).backendSlots(1)),
                World.of(
                        "autovacuum when asked for",
                        Rules.smallestWith(AV_LAUNCHER, AV_WORKER)
                                .backendSlots(1)
                                .noAutovacuum()),
                World.of(
                        "no restart",
                        Rules.smallestWith(BGWRITER).backendSlots(1).resetting().noRestartAfterCrash()),
                World.of("no cluster", Rules.withoutCluster()),
                World.of(
                        "no cluster, PostgreSQL's crash rule",
                        Rules.withoutCluster().resetting()),
                World.of("spares", Rules.withoutCluster().backendSlots(1).spares(0, 1)),
                World.of(
                        "spares and PostgreSQL's crash rule",
                        Rules.withoutCluster().backendSlots(1).spares(1, 2).resetting()),
                new World("background worker", withBackgroundWorker));
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void everyEventInEveryStateHasOneAnswerThatKeepsTheInvariants(World world) {
        long[] steps = new long[1];
        Set<Pm> states = Explorer.explore(world.beginning(), (pm, event, step) -> {
            steps[0]++;
            Invariants.holdFor(pm, event, step);
            Invariants.holdIn(step.next());
            if (!Transition.step(pm, event).equals(step)) {
                throw new AssertionError("two answers to " + event + " in " + pm);
            }
        });
        explored.put(world, states);
        System.out.printf("%s: %,d states, %,d steps%n", world, states.size(), steps[0]);
        assertThat(states).anyMatch(pm -> pm.state() == PmState.NO_CHILDREN);
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void everyShutdownInEveryStateEndsHoweverTheChildrenLeave(World world) {
        for (ShutdownWalk.Manner manner : ShutdownWalk.Manner.values()) {
            Set<Pm> known = new HashSet<>();
            for (Pm pm : states(world)) {
                for (PmEvent request : List.of(Events.SMART, Events.FAST, Events.IMMEDIATE)) {
                    Pm asked = Transition.step(pm, request).next();
                    if (!ShutdownWalk.endsWhenAllLeave(asked, manner, known)) {
                        throw new AssertionError(request + " never ends, " + manner + ", from " + pm);
                    }
                }
            }
        }
        assertThat(states(world)).isNotEmpty();
    }

    /** Nobody obeys anything but SIGKILL, and nobody asks a second time: the clocks alone must do. */
    @ParameterizedTest
    @MethodSource("worlds")
    void aSmartShutdownInAnyStateEndsInSigkillForWhoeverStays(World world) {
        for (Pm pm : states(world)) {
            Step asked = Transition.step(pm, Events.SMART);
            List<PmAction> done = new ArrayList<>();
            for (PmEvent clock :
                    List.of(Events.SMART_TIMED_OUT, Events.FAST_TIMED_OUT, new PmEvent.KillTimerExpired())) {
                asked = Transition.step(asked.next(), clock);
                done.addAll(asked.actions());
            }
            boolean over = asked.next().state() == PmState.NO_CHILDREN;
            boolean killedBefore =
                    pm.shutdown() == ShutdownMode.IMMEDIATE && !pm.crash().killTimer();
            if (!over && !killedBefore && !done.contains(PmAction.Signal.toEverybody(Sig.KILL))) {
                throw new AssertionError("nobody is killed, from " + pm);
            }
        }
        assertThat(states(world)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void whoeverIsWaitedForWasToldToGo(World world) {
        Set<String> stuck = new TreeSet<>();
        for (Pm pm : states(world)) {
            if (pm.state().isStopping()) {
                continue;
            }
            for (PmEvent event : Explorer.possibleIn(pm)) {
                Set<ChildKind> inVain = ShutdownWalk.waitedForInVain(Transition.step(pm, event));
                if (!inVain.isEmpty()) {
                    stuck.add(inVain + " after " + event + " in " + pm);
                }
            }
        }
        assertThat(stuck).isEmpty();
    }

    @Test
    void anIsolatedCrashLeavesNoMoreTraceThanAnOrderlyEnd() {
        for (Pm pm : states(SESSIONS)) {
            if (pm.state() == PmState.NO_CHILDREN || pm.census().sessions() == 0) {
                continue;
            }
            Pm afterOrderlyEnd =
                    Transition.step(pm, Events.exited(ChildKind.BACKEND, 0)).next();
            for (PmEvent crash : List.of(Events.killed(ChildKind.BACKEND), Events.vanished(ChildKind.BACKEND))) {
                assertThat(Transition.step(pm, crash).next()).isEqualTo(afterOrderlyEnd);
            }
        }
    }

    @Test
    void newSettingsAreWelcomeInEveryState() {
        List<PmSettings> others = List.of(
                Rules.allKinds().settings(),
                Rules.allKinds().archiving(Archiving.ALWAYS).resetting().settings(),
                Rules.withoutCluster().backendSlots(3).settings());
        for (Pm pm : states(SESSIONS)) {
            for (PmSettings settings : others) {
                Step step = Transition.step(pm, new PmEvent.SettingsChanged(settings));
                assertThat(step.next().shutdown()).isEqualTo(pm.shutdown());
                assertThat(step.next().census().living())
                        .containsAllEntriesOf(pm.census().living());
            }
        }
    }

    @Test
    void allKindsTogetherKeepTheInvariantsOnALongRandomWalk() {
        Random random = new Random(20_26);
        Pm beginning = Rules.allKinds()
                .archiving(Archiving.ALWAYS)
                .backendSlots(3)
                .spares(1, 2)
                .story()
                .pm();
        Pm pm = beginning;
        Set<PmState> seen = new HashSet<>();
        for (int i = 0; i < RANDOM_STEPS; i++) {
            List<PmEvent> events = Explorer.possibleIn(pm);
            PmEvent event = events.get(random.nextInt(events.size()));
            Step step = Transition.step(pm, event);
            if (isWorse(pm, step.next()) && random.nextInt(10) > 0) {
                continue; // or the walk would see little but crashes
            }
            Invariants.holdFor(pm, event, step);
            Invariants.holdIn(step.next());
            seen.add(step.next().state());
            pm = step.next().state() == PmState.NO_CHILDREN ? beginning : step.next();
        }
        assertThat(seen).hasSize(PmState.values().length - 1); // all but the passing PM_STOP_BACKENDS
    }

    private static boolean isWorse(Pm before, Pm after) {
        return before.shutdown() != after.shutdown() || (after.isAborting() && !before.isAborting());
    }

    private Set<Pm> states(World world) {
        return explored.computeIfAbsent(world, w -> Explorer.explore(w.beginning(), (pm, event, step) -> {}));
    }
}
