package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.cluster.WorkerStatus.State;
import org.junit.jupiter.api.Test;

/** {@code pmctl start-worker} and {@code stop-worker}, wherever the worker stands. */
class PmctlWorkersIT {
    private static final String TO_START = "waiting for background worker to start.";
    private static final String TO_STOP = "waiting for background worker to stop.";
    private static final Outcome STARTED = new Outcome(0, TO_START + " done\nbackground worker started\n", "");
    private static final Outcome STOPPED = new Outcome(0, TO_STOP + " done\nbackground worker stopped\n", "");

    @Test
    void aRunningWorkerIsStoppedAndStarted() {
        try (var pmctl = new Pmctl();
                var postmaster = RunningPostmaster.startWithoutCluster("worker.w.command=sleep 1000")) {
            new WorkerNews(postmaster).await("w", State.RUNNING);

            assertThat(run(pmctl, postmaster, "start-worker")).isEqualTo(already("running"));
            assertThat(run(pmctl, postmaster, "stop-worker")).isEqualTo(STOPPED);
            assertThat(run(pmctl, postmaster, "stop-worker")).isEqualTo(already("stopped"));
            assertThat(run(pmctl, postmaster, "start-worker")).isEqualTo(STARTED);
            postmaster.awaitLog("LOG:  received request to start background worker \"w\"");
        }
    }

    /** Its time is in the future: that is no reason to wait for it. */
    @Test
    void aRestingWorkerIsStartedAndStopped() {
        try (var pmctl = new Pmctl();
                var postmaster = RunningPostmaster.startWithoutCluster(
                        "worker.w.command=false", "worker.w.restart_interval=1h")) {
            new WorkerNews(postmaster).await("w", State.RESTING);

            assertThat(run(pmctl, postmaster, "start-worker")).isEqualTo(STARTED);
            new WorkerNews(postmaster).await("w", State.RESTING);
            assertThat(run(pmctl, postmaster, "stop-worker")).isEqualTo(STOPPED);
        }
    }

    @Test
    void aWorkerThatIsOffIsStarted() {
        try (var pmctl = new Pmctl();
                var postmaster = RunningPostmaster.startWithoutCluster(
                        "worker.w.command=sleep 1000", "worker.w.autostart=off")) {
            new WorkerNews(postmaster).await("w", State.OFF);

            assertThat(run(pmctl, postmaster, "stop-worker")).isEqualTo(already("off"));
            assertThat(run(pmctl, postmaster, "start-worker")).isEqualTo(STARTED);
            postmaster.awaitLog("LOG:  received request to start background worker \"w\"");
        }
    }

    @Test
    void whyAWorkerDidNotStartIsToldAtOnce() {
        try (var pmctl = new Pmctl();
                var postmaster = RunningPostmaster.startWithoutCluster(
                        "worker.w.command=true", "worker.w.limits=files=3", "worker.m.command=no_such_program")) {
            new WorkerNews(postmaster).await("w", State.REJECTED);
            new WorkerNews(postmaster).await("m", State.RESTING);

            assertThat(run(pmctl, postmaster, "start-worker"))
                    .isEqualTo(refused("w", "rejected: background worker \"w\": \"files=3\" is no resource limit"));
            assertThat(run(pmctl, postmaster, "stop-worker")).isEqualTo(already("rejected"));
            assertThat(run(pmctl, postmaster, "start-worker", "m"))
                    .isEqualTo(refused("m", "resting: could not be launched: No such file or directory"));
        }
    }

    private static Outcome already(String state) {
        return new Outcome(0, "background worker \"w\" is " + state + " already\n", "");
    }

    private static Outcome refused(String worker, String why) {
        String complaint = "pmctl: background worker \"" + worker + "\" did not start; it is " + why + "\n";
        return new Outcome(1, TO_START + " stopped waiting\n", complaint);
    }

    private static Outcome run(Pmctl pmctl, RunningPostmaster postmaster, String verb) {
        return run(pmctl, postmaster, verb, "w");
    }

    /** Any number of dots is one. */
    private static Outcome run(Pmctl pmctl, RunningPostmaster postmaster, String verb, String worker) {
        Outcome outcome =
                pmctl.plain(verb, worker, "-D", postmaster.dataDirectory().toString());
        return new Outcome(outcome.status(), outcome.out().replaceAll("\\.{2,}", "."), outcome.err());
    }
}
