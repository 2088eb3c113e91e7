package dev.postmaster.os;

/**
 * A system call failed in a way no caller is expected to handle on the spot. What callers do handle (a refused launch, a
 * process that is gone, an address in use) comes back as a value instead.
 */
public final class OsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final int errno;

    /** @param call the system call that failed, as its manual page is named */
    public OsException(String call, Errno errno) {
        super(call + ": " + errno.message());
        this.call = call;
        this.errno = errno.number();
    }

    public String call() {
        return call;
    }

    public Errno errno() {
        return new Errno(errno);
    }
}
