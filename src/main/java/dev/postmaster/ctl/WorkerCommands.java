package dev.postmaster.ctl;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.StatusFile;
import dev.postmaster.cluster.WorkerStatus;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** {@code pmctl start-worker} and {@code stop-worker}: ask by a file and a signal, and wait until it shows (CTL-11). */
final class WorkerCommands {
    private final Processes processes;
    private final Screen screen;

    WorkerCommands(Processes processes, Screen screen) {
        this.processes = processes;
        this.screen = screen;
    }

    int start(Request request) {
        return ask(request, Wish.START);
    }

    int stop(Request request) {
        return ask(request, Wish.STOP);
    }

    /** What somebody wants of a worker, and what is news about it. */
    private enum Wish {
        START("start", "started") {
            @Override
            Path file(ClusterLayout layout, String worker) {
                return layout.workerStart(worker);
            }

            @Override
            boolean isFulfilled(WorkerStatus now) {
                return now.state() == WorkerStatus.State.RUNNING;
            }

            // It may be done, or rest again, before anybody looks.
            @Override
            Answer answer(WorkerStatus now) {
                return switch (now.state()) {
                    case RUNNING, DONE -> Answer.YES;
                    case RESTING -> now.note().startsWith(WorkerStatus.NOT_LAUNCHED) ? Answer.NO : Answer.YES;
                    case OFF, REJECTED, STOPPED, FAILED, GIVEN_UP -> Answer.NO;
                    case WAITING, STOPPING -> Answer.NOT_YET;
                };
            }
        },
        STOP("stop", "stopped") {
            @Override
            Path file(ClusterLayout layout, String worker) {
                return layout.workerStop(worker);
            }

            @Override
            boolean isFulfilled(WorkerStatus now) {
                return now.state().isOver();
            }

            @Override
            Answer answer(WorkerStatus now) {
                return now.state().isOver() ? Answer.YES : Answer.NOT_YET;
            }
        };

        private final String verb;
        private final String done;

        Wish(String verb, String done) {
            this.verb = verb;
            this.done = done;
        }

        /** Where the request for a worker is left. */
        abstract Path file(ClusterLayout layout, String worker);

        /** Whether there is nothing to ask for. */
        abstract boolean isFulfilled(WorkerStatus now);

        /** What it means that a worker stands like this now, and did not when it was asked for. */
        abstract Answer answer(WorkerStatus now);
    }

    private enum Answer {
        YES,
        NO,
        NOT_YET
    }

    private int ask(Request request, Wish wish) {
        Target target = new Target(request.directory());
        String worker = request.worker().orElseThrow();
        RunningServer server = RunningServer.find(target, wish.verb + " background worker", processes);
        WorkerStatus before = require(target, worker);
        if (wish.isFulfilled(before)) {
            screen.progress(
                    "background worker \"" + worker + "\" is " + before.state().word() + " already\n");
            return 0;
        }
        SignalCommands.ask(target, wish.file(target.layout(), worker), "worker " + wish.verb, server);
        if (!request.waits()) {
            screen.progress("server signaled to " + wish.verb + " background worker\n");
            return 0;
        }
        screen.progress("waiting for background worker to " + wish.verb + "...");
        Optional<WorkerStatus> news = new Patience(screen, request.timeout())
                .await(() -> Optional.of(require(target, worker))
                        .filter(now -> !now.equals(before) && wish.answer(now) != Answer.NOT_YET));
        boolean fulfilled = news.map(wish::answer).equals(Optional.of(Answer.YES));
        return fulfilled ? succeeded(wish) : failed(wish, worker, require(target, worker));
    }

    private int succeeded(Wish wish) {
        screen.progress(" done\n");
        screen.progress("background worker " + wish.done + "\n");
        return 0;
    }

    private int failed(Wish wish, String worker, WorkerStatus now) {
        screen.progress(" stopped waiting\n");
        String note = now.note().isEmpty() ? "" : ": " + now.note();
        throw CtlFailure.of("background worker \"" + worker + "\" did not " + wish.verb + "; it is "
                + now.state().word() + note);
    }

    private WorkerStatus require(Target target, String worker) {
        Map<String, WorkerStatus> workers =
                Lookout.at(target, processes).status().map(StatusFile::workers).orElse(Map.of());
        WorkerStatus known = workers.get(worker);
        if (known == null) {
            throw CtlFailure.of("there is no background worker \"" + worker + "\"\n"
                    + (workers.isEmpty() ? "None is defined." : "There are: " + String.join(", ", workers.keySet())));
        }
        return known;
    }
}
