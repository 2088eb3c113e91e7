package dev.postmaster.server;

import dev.postmaster.core.ChildKind;
import dev.postmaster.core.Pm;
import dev.postmaster.core.PmEvent;
import dev.postmaster.core.PmState;
import dev.postmaster.core.ShutdownMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers why the postmaster is where it is: what brought it there, its last crash, the last end of each kind of child. */
@OnLoop
final class Chronicle {
    /** A crash cycle is about five turns. */
    static final int LONGEST_HISTORY = 100;

    /** Something that happened. */
    record Entry(Instant at, String what) {}

    private final Map<ChildKind, Entry> exits = new EnumMap<>(ChildKind.class);
    private Optional<Entry> lastCrash = Optional.empty();

    /** Never empty, and replaced as a whole: others read it. */
    private List<Turn> history;

    Chronicle(Instant startedAt) {
        history = List.of(new Turn(startedAt, PmState.INIT, ShutdownMode.NONE, false, "the postmaster was started"));
    }

    /** Hears of every event that was handled; true if the postmaster is now somewhere else. */
    boolean note(PmEvent event, Pm before, Pm after) {
        Instant now = Instant.now();
        if (event instanceof PmEvent.ChildExited exit) {
            exits.put(exit.kind(), new Entry(now, "PID " + exit.pid() + " " + ExitWords.outcome(exit.status())));
        }
        if (after.fatalError() && !before.fatalError()) {
            lastCrash = Optional.of(new Entry(now, EventWords.of(event)));
        }
        boolean turned = before.state() != after.state()
                || before.shutdown() != after.shutdown()
                || before.fatalError() != after.fatalError();
        if (turned) {
            add(new Turn(now, after.state(), after.shutdown(), after.fatalError(), EventWords.of(event)));
        }
        return turned;
    }

    private void add(Turn turn) {
        var longer = new ArrayList<>(history.subList(history.size() < LONGEST_HISTORY ? 0 : 1, history.size()));
        longer.add(turn);
        history = List.copyOf(longer);
    }

    /** The last change of phase, shutdown mode or crash cycle. */
    Turn turn() {
        return history.getLast();
    }

    /** The last turns, the oldest first; immutable. */
    List<Turn> history() {
        return history;
    }

    Optional<Entry> lastCrash() {
        return lastCrash;
    }

    Map<ChildKind, Entry> exits() {
        return exits;
    }
}
