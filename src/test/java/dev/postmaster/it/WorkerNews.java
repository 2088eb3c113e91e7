package dev.postmaster.it;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.StatusFile;
import dev.postmaster.cluster.WorkerStatus;
import dev.postmaster.cluster.WorkerStatus.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Predicate;

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

    /** The first status in this state; the next one may be another already. */
    WorkerStatus await(String worker, State state) {
        return await(worker + " is " + state, worker, status -> status.state() == state);
    }

    /** The status when it runs as another process than before. */
    WorkerStatus awaitSuccessor(String worker, int before) {
        return await(
                worker + " runs again", worker, status -> status.state() == State.RUNNING && status.pid() != before);
    }

    private WorkerStatus await(String what, String worker, Predicate<WorkerStatus> wanted) {
        var found = new ArrayList<WorkerStatus>();
        Deadline.await(
                what,
                RunningPostmaster.PATIENCE,
                () -> find(worker).filter(wanted).map(found::add).isPresent());
        return found.getFirst();
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
