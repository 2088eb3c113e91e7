package dev.postmaster.server;

import dev.postmaster.config.WorkerDefinition;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.Pid;

/** Makes a process of a worker, whatever it runs, and ends it. */
interface WorkerLauncher {
    /**
     * Launches it; a refusal is logged.
     *
     * @param worker the number of its registration
     * @param generation tells it from others of that number
     */
    LaunchResult launch(int worker, WorkerDefinition definition, long generation);

    /** A worker has ended; true if it was ended because it was not well, whatever it said at its end. */
    boolean wasSick(int pid);

    /** Tells a worker to end. */
    void stop(Pid worker);
}
