package dev.postmaster.server;

import dev.postmaster.core.ChildKind;
import dev.postmaster.core.Pm;
import dev.postmaster.core.PmEvent;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Remembers why the postmaster is where it is: what brought it there, its last crash, the last end of each kind of child. */
@OnLoop
final class Chronicle {
    /** Something that happened. */
    record Entry(Instant at, String what) {}

    private final Map<ChildKind, Entry> exits = new EnumMap<>(ChildKind.class);
    private Entry turn;
    private Optional<Entry> lastCrash = Optional.empty();

    Chronicle(Instant startedAt) {
        turn = new Entry(startedAt, "the postmaster was started");
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
            turn = new Entry(now, EventWords.of(event));
        }
        return turned;
    }

    /** The last change of phase, shutdown mode or crash cycle. */
    Entry turn() {
        return turn;
    }

    Optional<Entry> lastCrash() {
        return lastCrash;
    }

    Map<ChildKind, Entry> exits() {
        return exits;
    }
}
