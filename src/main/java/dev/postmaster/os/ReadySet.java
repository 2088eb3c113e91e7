package dev.postmaster.os;

import java.time.Duration;
import java.util.List;

/**
 * Descriptors of which one thread waits for whichever can be read first, however many they are (epoll). Adding, removing
 * and {@link #wake} may come from any thread, also while another one waits.
 */
public interface ReadySet extends AutoCloseable {
    /**
     * From now on {@code key} is reported whenever {@code fd} has bytes, or nobody is left who could write. It must be
     * removed before it is closed.
     *
     * @param key not negative, and not in the set
     */
    void add(Fd fd, long key);

    void remove(Fd fd);

    /**
     * Blocks until something can be read.
     *
     * @param timeout whole milliseconds count; negative waits for ever
     * @return the keys of some that are ready; none if the time is over, or somebody called {@link #wake}
     */
    List<Long> await(Duration timeout);

    /** Ends the wait that goes on, or else the next one. */
    void wake();

    /** Closes the set, not what is in it. Nobody may be waiting. */
    @Override
    void close();
}
