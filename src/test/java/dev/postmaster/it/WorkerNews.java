package dev.postmaster.it;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.StatusFile;
import dev.postmaster.cluster.WorkerStatus;
import dev.postmaster.cluster.WorkerStatus.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a postmaster says of its background workers, and how tools ask it for one. */
record WorkerNews(RunningPostmaster postmaster) {

    private ClusterLayout layout() {
        return new ClusterLayout(postmaster.dataDirectory());
    }

    WorkerStatus of(String worker) {
        return find(worker).orElseThrow();
    }

    /** Empty as long as the postmaster has not said anything. */
    private Optional<WorkerStatus> find(String worker) {
        try {
            return StatusFile.read(layout()).map(file -> file.workers().get(worker));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WorkerStatus await(String worker, State state) {
        Deadline.await(worker + " is " + state, RunningPostmaster.PATIENCE, () -> find(worker)
                .filter(now -> now.state() == state)
                .isPresent());
        return of(worker);
    }

    void start(String worker) {
        ask(layout().workerStart(worker));
    }

    void stop(String worker) {
        ask(layout().workerStop(worker));
    }

    private void ask(Path request) {
        try {
            Files.createFile(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        postmaster.signal("USR1");
    }
}
