package dev.postmaster.os;

import java.util.Optional;

/**
 * Signals to be read one by one. One thread reads and closes; any other may end the reading:
 *
 * <pre>{@code
 * try (SignalFd signals = os.signalFds().open(set)) {
 *     for (var next = signals.next(); next.isPresent(); next = signals.next()) { … }
 * }
 * }</pre>
 */
public interface SignalFd extends AutoCloseable {
    /** Blocks until a signal comes; empty for ever after {@link #stop}. Standard signals that pile up come as one. */
    Optional<SignalInfo> next();

    /** Makes {@link #next} return empty, now and from now on. From any thread, any number of times, also after the end. */
    void stop();

    /** Gives the descriptors back; by the thread that reads. */
    @Override
    void close();
}
