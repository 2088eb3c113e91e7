package dev.postmaster.launch;

/**
 * The numbers under which a child finds what it inherits (design: descriptor plan). 1 and 2 are the postmaster's own, or
 * the log pipe. Number 4 is kept for the control socket of spares and workers.
 */
public final class ChildDescriptors {
    /** The client's socket in a backend, {@code /dev/null} in every other child. */
    public static final int CLIENT_SOCKET = 0;

    /** Read end of the alive pipe: end of file there means that the postmaster is dead. */
    public static final int POSTMASTER_ALIVE = 3;

    /** The shared segment; absent in a child that attaches to none. */
    public static final int SHARED_SEGMENT = 5;

    /** The parameter block, if it travels in a memfd. */
    public static final int PARAMETER_BLOCK = 6;

    private ChildDescriptors() {}
}
