package dev.postmaster.os;

/**
 * One process, never "every process" and never a group: {@code kill(0)} and {@code kill(-1)} cannot be written with it.
 *
 * @param value the process number, above 1: process 1 is nobody's child
 */
public record Pid(int value) {
    public Pid {
        if (value <= 1) {
            throw new IllegalArgumentException("not the pid of a child: " + value);
        }
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
