package dev.postmaster.server;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.Severity;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;

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

    void examine(Recipient recipient) {
        take(file -> {
            String name = file.getName();
            if (name.endsWith(START)) {
                recipient.start(name.substring(0, name.length() - START.length()));
            } else if (name.endsWith(STOP)) {
                recipient.stop(name.substring(0, name.length() - STOP.length()));
            }
        });
    }

    private interface Taker {
        void take(File file);
    }

    /** The oldest first. */
    private void take(Taker taker) {
        File[] files = Objects.requireNonNullElse(directory.toFile().listFiles(), new File[0]);
        Arrays.sort(files, Comparator.comparingLong(File::lastModified));
        for (File file : files) {
            if (file.delete()) {
                taker.take(file);
            }
        }
    }
}
