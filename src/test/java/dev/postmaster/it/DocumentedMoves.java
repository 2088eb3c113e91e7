package dev.postmaster.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The phases and arrows of the documented diagram, and those that a postmaster's log at level DEBUG1 tells of. */
final class DocumentedMoves {
    private static final Pattern ARROW = Pattern.compile("^ *(PM_\\w+) --> (PM_\\w+) : (.*)$");
    private static final Pattern LOGGED = Pattern.compile("updating PMState from (PM_\\w+) to (PM_\\w+) on (.*)$");

    /** Phases that one event can cross: they may wait for nobody. */
    private static final Set<String> CROSSED =
            Set.of("PM_STOP_BACKENDS", "PM_WAIT_BACKENDS", "PM_SHUTDOWN_2", "PM_WAIT_DEAD_END", "PM_NO_CHILDREN");

    private final Map<String, List<String>> arrows = new TreeMap<>();

    /** From one phase to another, as the log tells. */
    record Move(String from, String to, String event) {
        static Optional<Move> in(String logLine) {
            Matcher move = LOGGED.matcher(logLine);
            return move.find() ? Optional.of(new Move(move.group(1), move.group(2), move.group(3))) : Optional.empty();
        }
    }

    DocumentedMoves() {
        try {
            for (String line : Files.readAllLines(Path.of("src/docs/state-machine.md"))) {
                Matcher arrow = ARROW.matcher(line);
                if (arrow.matches()) {
                    arrows.computeIfAbsent(arrow.group(1), from -> new ArrayList<>())
                            .add(arrow.group(2));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All arrows, as in {@code PM_INIT --> PM_STARTUP}. */
    Set<String> all() {
        var all = new HashSet<String>();
        arrows.forEach((from, ends) -> ends.forEach(to -> all.add(from + " --> " + to)));
        return all;
    }

    boolean isState(String name) {
        return arrows.containsKey(name) || arrows.values().stream().anyMatch(ends -> ends.contains(name));
    }

    /** The arrows of the shortest way that a move can have taken; empty if there is none. */
    List<String> way(Move move) {
        Deque<List<String>> ways = new ArrayDeque<>(List.of(List.of(move.from())));
        var been = new HashSet<String>();
        while (!ways.isEmpty()) {
            List<String> way = ways.remove();
            for (String next : arrows.getOrDefault(way.getLast(), List.of())) {
                var longer = new ArrayList<>(way);
                longer.add(next);
                if (next.equals(move.to())) {
                    return arrowsOf(longer);
                }
                if (CROSSED.contains(next) && been.add(next)) {
                    ways.add(longer);
                }
            }
        }
        return List.of();
    }

    private static List<String> arrowsOf(List<String> phases) {
        var arrows = new ArrayList<String>();
        for (int i = 1; i < phases.size(); i++) {
            arrows.add(phases.get(i - 1) + " --> " + phases.get(i));
        }
        return arrows;
    }
}
