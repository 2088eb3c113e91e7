package dev.postmaster.ctl;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.StatusFile;
import dev.postmaster.cluster.WorkerStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code pmctl start-worker} and {@code stop-worker}: ask by a file and a signal, and wait until it shows (CTL-11). */
final class WorkerCommands {
    private final Processes processes;
    private final Screen screen;

    WorkerCommands(Processes processes, Screen screen) {
        this.processes = processes;
        this.screen = screen;
    }

    int start(Request request) {
        return ask(request, "start", ClusterLayout::workerStart, WorkerCommands::hasStarted);
    }

    /** It may have done what it was there for before anybody looked. */
    private static boolean hasStarted(WorkerStatus now) {
        return now.state() == WorkerStatus.State.RUNNING || now.state() == WorkerStatus.State.DONE;
    }

    int stop(Request request) {
        return ask(
                request, "stop", ClusterLayout::workerStop, now -> now.state().isOver());
    }

    /** Where the request for a worker is left. */
    private interface RequestFile {
        Path of(ClusterLayout layout, String worker);
    }

    private int ask(Request request, String verb, RequestFile file, Predicate<WorkerStatus> reached) {
        Target target = new Target(request.directory());
        String worker = request.worker().orElseThrow();
        RunningServer server = RunningServer.find(target, verb + " background worker", processes);
        WorkerStatus before = require(target, worker);
        if (reached.test(before) && before.state() != WorkerStatus.State.DONE) {
            screen.progress(
                    "background worker \"" + worker + "\" is " + before.state().word() + " already\n");
            return 0;
        }
        SignalCommands.ask(target, file.of(target.layout(), worker), "worker " + verb, server);
        if (!request.waits()) {
            screen.progress("server signaled to " + verb + " background worker\n");
            return 0;
        }
        screen.progress("waiting for background worker to " + verb + "...");
        Optional<WorkerStatus> end =
                new Patience(screen, request.timeout()).await(() -> outcome(target, worker, before.at(), reached));
        return tell(end.filter(reached), require(target, worker), worker, verb);
    }

    private int tell(Optional<WorkerStatus> end, WorkerStatus now, String worker, String verb) {
        if (end.isEmpty()) {
            screen.progress(" stopped waiting\n");
            String note = now.note().isEmpty() ? "" : ": " + now.note();
            throw CtlFailure.of("background worker \"" + worker + "\" did not " + verb + "; it is "
                    + now.state().word() + note);
        }
        screen.progress(" done\n");
        screen.progress("background worker " + (verb.equals("stop") ? "stopped" : "started") + "\n");
        return 0;
    }

    /** An end that is no success is told at once, if it is news. */
    private Optional<WorkerStatus> outcome(
            Target target, String worker, Instant before, Predicate<WorkerStatus> reached) {
        WorkerStatus now = require(target, worker);
        boolean news = now.at().isAfter(before);
        boolean answer = reached.test(now) || now.state().isOver();
        return news && answer ? Optional.of(now) : Optional.empty();
    }

    private WorkerStatus require(Target target, String worker) {
        Map<String, WorkerStatus> workers = Inspection.of(target, processes)
                .status()
                .map(StatusFile::workers)
                .orElse(Map.of());
        WorkerStatus known = workers.get(worker);
        if (known == null) {
            throw CtlFailure.of("there is no background worker \"" + worker + "\"\n"
                    + (workers.isEmpty() ? "None is defined." : "There are: " + String.join(", ", workers.keySet())));
        }
        return known;
    }
}
