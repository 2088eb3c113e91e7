package dev.postmaster.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The arrows of the documented diagram, and those that the log of a postmaster at level DEBUG1 tells of. */
final class DocumentedMoves {
    private static final Pattern DRAWN = Pattern.compile("^ *(PM_\\w+ --> PM_\\w+) : .*$");
    private static final Pattern LOGGED = Pattern.compile("updating PMState from (PM_\\w+) to (PM_\\w+) on ");

    private final Set<String> arrows;

    DocumentedMoves() {
        try {
            arrows = Files.readAllLines(Path.of("src/docs/state-machine.md")).stream()
                    .map(DRAWN::matcher)
                    .filter(Matcher::matches)
                    .map(arrow -> arrow.group(1))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As in {@code PM_INIT --> PM_STARTUP}. */
    Set<String> arrows() {
        return arrows;
    }

    /** Whether there is an arrow to or from a phase of this name. */
    boolean isState(String name) {
        return arrows.stream()
                .anyMatch(arrow -> List.of(arrow.split(" --> ", 2)).contains(name));
    }

    /** The arrow that a line of the log tells of. */
    static Optional<String> in(String line) {
        Matcher move = LOGGED.matcher(line);
        return move.find() ? Optional.of(move.group(1) + " --> " + move.group(2)) : Optional.empty();
    }
}
