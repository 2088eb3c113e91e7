package dev.postmaster.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory for a postmaster.
 *
 * @param directory as the postmaster names it
 * @param seen the same as the test names it
 * @param entrance the command that takes another one to where the directory is; empty if it is where the test is
 */
record Place(Path directory, Path seen, List<String> entrance) {

    /** A new directory for temporary files. */
    static Place temporary() {
        try {
            Path directory = Files.createTempDirectory("postmaster-it");
            return new Place(directory, directory, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes it and all that is in it, also if somebody on the way out still makes or takes away a file. */
    void clear() {
        Deadline.await(seen + " is deleted", RunningPostmaster.PATIENCE, this::isCleared);
    }

    private boolean isCleared() {
        try (Stream<Path> paths = Files.walk(seen)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
            return true;
        } catch (IOException | UncheckedIOException somebodyElseWasThere) {
            return Files.notExists(seen);
        }
    }
}
