package dev.postmaster.os;

import java.nio.file.Path;

/**
 * Descriptors as such. Everything made here is close-on-exec: a child gets what its {@link SpawnPlan} lists and nothing
 * else. Nothing here blocks. Failures that callers do not plan for, such as {@code EMFILE}, are {@link OsException}s and
 * leave nothing open.
 */
public interface Fds {
    Pipe pipe();

    /**
     * Opens a file for appending, and creates it with exactly this mode, whatever the umask, if there is none.
     *
     * @throws OsException if it cannot be opened
     */
    Fd append(Path path, int mode);

    /** Opens {@code /dev/null} for reading and writing. */
    Fd openNull();

    /**
     * Takes ownership of a descriptor this process was started with.
     *
     * @throws OsException {@code EBADF} if it is not open
     */
    Fd adopt(int number);

    /**
     * Lets a pipe hold more than the 64 KiB it is made with, so that a reader that is late stops nobody for a while. Not
     * being allowed to is no error.
     */
    void widen(Fd pipe, int bytes);

    /**
     * How full a pipe is, from 0 to 1, asked at either end; 0 for what is not a pipe. Writers that stay well below 1 leave
     * room for those who must not wait.
     */
    double fill(Fd pipe);

    /** A new, empty set of descriptors to wait for. */
    ReadySet readySet();

    /** A second descriptor for the same open file, with a number of at least {@code minimum}. */
    Fd duplicate(Fd fd, int minimum);

    /**
     * Makes {@code number} (such as 0 or 2) refer to the file of {@code fd}, replacing what it referred to in one step
     * (dup2). It is not close-on-exec afterwards, and {@code fd} stays open.
     */
    void duplicateTo(Fd fd, int number);

    /** Sets or clears O_NONBLOCK, which belongs to the open file: whoever shares it sees the change. */
    void setNonBlocking(Fd fd, boolean nonBlocking);

    boolean isNonBlocking(Fd fd);

    void setCloseOnExec(Fd fd, boolean closeOnExec);

    boolean isCloseOnExec(Fd fd);
}
