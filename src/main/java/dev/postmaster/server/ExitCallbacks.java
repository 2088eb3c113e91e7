package dev.postmaster.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What must be undone when the process ends, newest first (PM-3). Children never run these. */
final class ExitCallbacks {
    private final Deque<Runnable> callbacks = new ArrayDeque<>();

    void add(Runnable callback) {
        callbacks.push(callback);
    }

    /**
     * Runs and forgets them all, whatever becomes of one of them; false if there was none.
     *
     * @param failed hears of those that went wrong
     */
    boolean run(Consumer<Throwable> failed) {
        boolean any = !callbacks.isEmpty();
        while (!callbacks.isEmpty()) {
            try {
                callbacks.pop().run();
            } catch (RuntimeException | Error e) {
                failed.accept(e);
            }
        }
        return any;
    }
}
