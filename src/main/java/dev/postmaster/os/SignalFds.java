package dev.postmaster.os;

/** Receives this process's own signals by reading them instead of being interrupted by them. */
public interface SignalFds {
    /**
     * Adds to the signals that the calling thread blocks (pthread_sigmask). Threads started from it inherit that; threads
     * that run already, such as the JVM's own, do not change and would still take the signal: in a JVM only signals that
     * were blocked before it started are certain to be read.
     */
    void block(SignalSet signals);

    /** The signals that the calling thread blocks. */
    SignalSet blocked();

    /** A source of the signals in this set, which every thread must block. */
    SignalFd open(SignalSet signals);
}
