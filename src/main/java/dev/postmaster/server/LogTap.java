package dev.postmaster.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Where others listen to the log as it comes back from the syslogger, one JSON record a line. A listener is called on the
 * thread of the {@link LogSink} and must not wait: the log would wait with it.
 */
public final class LogTap {
    /** How many may listen at a time. */
    public static final int MOST_LISTENERS = 16;

    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    LogTap() {}

    /** From now on the listener hears every record; false if there are too many. Any thread. */
    public synchronized boolean join(Consumer<String> listener) {
        return listeners.size() < MOST_LISTENERS && listeners.add(listener);
    }

    /** Any thread. */
    public void leave(Consumer<String> listener) {
        listeners.remove(listener);
    }

    void pass(String line) {
        listeners.forEach(listener -> listener.accept(line));
    }
}
