package dev.postmaster.child.bgworker;

import dev.postmaster.child.ChildBoot;

/** A child program that is always a background worker. */
public final class WorkerProgram {
    private WorkerProgram() {}

    /** Becomes the worker. */
    public static void main(String[] args) {
        ChildBoot.run(args, kind -> new BgWorkerMain());
    }
}
