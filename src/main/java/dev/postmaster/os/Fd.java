package dev.postmaster.os;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * One descriptor and the duty to close it. There is one owner at a time: {@link #take} hands the duty to a new
 * {@code Fd}, {@link #release} hands it out of this room, {@link #close} ends it. After any of the three this object is
 * spent: it closes nothing any more, and asking for its number is an error, because the kernel may have given that number
 * to somebody else.
 */
public final class Fd implements AutoCloseable {
    private static final int SPENT = -1;

    private final AtomicInteger number;
    private final IntConsumer closer;

    /**
     * Only for those who know that nobody else owns {@code number}; everybody else gets theirs from {@link Fds}.
     *
     * @param closer called with the number, at most once
     */
    public Fd(int number, IntConsumer closer) {
        if (number < 0) {
            throw new IllegalArgumentException("not a descriptor: " + number);
        }
        this.number = new AtomicInteger(number);
        this.closer = closer;
    }

    /** A descriptor that somebody else owns and keeps open as long as this is used; closing it does nothing. */
    public static Fd lent(int number) {
        return new Fd(number, ignored -> {});
    }

    /**
     * The descriptor's number, lent to the caller; ownership stays here.
     *
     * @throws IllegalStateException if this object is spent
     */
    public int number() {
        return owned(number.get());
    }

    /**
     * Moves the descriptor to a new owner: {@code try (Fd fd = open()) { check(fd); return fd.take(); }}.
     *
     * @throws IllegalStateException if this object is spent
     */
    public Fd take() {
        return new Fd(release(), closer);
    }

    /**
     * Gives the bare number to an owner outside this room, who must close it.
     *
     * @throws IllegalStateException if this object is spent
     */
    public int release() {
        return owned(number.getAndSet(SPENT));
    }

    /** Closes the descriptor unless this object is spent. */
    @Override
    public void close() {
        int open = number.getAndSet(SPENT);
        if (open != SPENT) {
            closer.accept(open);
        }
    }

    private static int owned(int number) {
        if (number == SPENT) {
            throw new IllegalStateException("this descriptor was closed or handed on");
        }
        return number;
    }

    @Override
    public String toString() {
        int open = number.get();
        return open == SPENT ? "fd spent" : "fd " + open;
    }
}
