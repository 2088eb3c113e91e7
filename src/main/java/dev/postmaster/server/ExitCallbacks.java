package dev.postmaster.server;

import java.util.ArrayDeque;
import java.util.Deque;

/** What must be undone when the process ends, newest first (PM-3). Children never run these. */
final class ExitCallbacks {
    private final Deque<Runnable> callbacks = new ArrayDeque<>();

    void add(Runnable callback) {
        callbacks.push(callback);
    }

    /** Runs and forgets them all; false if there was none. */
    boolean run() {
        boolean any = !callbacks.isEmpty();
        while (!callbacks.isEmpty()) {
            callbacks.pop().run();
        }
        return any;
    }
}
