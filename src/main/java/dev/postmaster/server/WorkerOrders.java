package dev.postmaster.server;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The requests for background workers that tools leave as files, {@code NAME.start} and {@code NAME.stop}, before they send
 * SIGUSR1. A file is taken away before it is obeyed.
 */
@OnLoop
final class WorkerOrders {
    private static final String START = ".start";
    private static final String STOP = ".stop";

    private final Path directory;
    private final Log log;

    /** What the log has a word about already. */
    private final Set<Path> stuck = new HashSet<>();

    /** Who obeys. */
    interface Recipient {
        void start(String worker);

        void stop(String worker);
    }

    WorkerOrders(ClusterLayout layout, Log log) {
        this.directory = layout.workerRequests();
        this.log = log;
    }

    /** Makes the place for the files, and forgets those that were left for another postmaster. */
    void open() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            log.report(FileErrors.report(Severity.LOG, "could not create directory \"" + directory + "\"", e));
        }
        take(file -> {});
    }

    /** Has done what was asked for; false if nobody asked for anything. */
    boolean examine(Recipient recipient) {
        return take(file -> {
            String name = file.toString();
            if (name.endsWith(START)) {
                recipient.start(name.substring(0, name.length() - START.length()));
            } else if (name.endsWith(STOP)) {
                recipient.stop(name.substring(0, name.length() - STOP.length()));
            }
        });
    }

    /** The oldest first; true if there was any. */
    private boolean take(Consumer<Path> taker) {
        boolean any = false;
        for (Path file : waiting()) {
            if (remove(file)) {
                taker.accept(file.getFileName());
                any = true;
            }
        }
        return any;
    }

    private List<Path> waiting() {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> waiting =
                    files.sorted(Comparator.comparingLong(WorkerOrders::age)).toList();
            stuck.remove(directory);
            return waiting;
        } catch (IOException e) {
            return unreadable(e);
        } catch (UncheckedIOException e) {
            return unreadable(Objects.requireNonNull(e.getCause()));
        }
    }

    private List<Path> unreadable(IOException failure) {
        complain(directory, "could not read directory", failure);
        return List.of();
    }

    private static long age(Path file) {
        return file.toFile().lastModified();
    }

    private boolean remove(Path file) {
        try {
            Files.delete(file);
            stuck.remove(file);
            return true;
        } catch (IOException e) {
            complain(file, "could not take request for a background worker from file", e);
            return false;
        }
    }

    /** Once about each, for the next signal finds it again. */
    private void complain(Path file, String what, IOException failure) {
        if (stuck.add(file)) {
            log.report(FileErrors.report(Severity.LOG, what + " \"" + file + "\"", failure));
        }
    }
}
