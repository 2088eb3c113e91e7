package dev.postmaster.os;

import dev.postmaster.core.Sig;
import java.nio.file.Path;
import java.util.List;

/**
 * What Java cannot ask or change about its own process. {@link #execute}, {@link #setMask} and {@link #changeDirectory}
 * concern every thread at once: call them before others run. Nothing here blocks.
 */
public interface ThisProcess {
    int pid();

    /** The parent's process number; 1, or that of a subreaper, once the parent is gone; 0 if it is out of sight. */
    int parentPid();

    int realUserId();

    int effectiveUserId();

    /** Sets the permission bits that new files shall not have; returns the old ones. */
    int setMask(int umask);

    /**
     * Changes the directory that native code and children start from. Java resolved its own relative paths at start and
     * does not follow: give Java absolute paths (N-5).
     */
    void changeDirectory(Path directory);

    /** Adopts the orphans among its descendants, as process 1 does (PR_SET_CHILD_SUBREAPER). */
    void becomeSubreaper();

    /**
     * Asks for this signal when the parent is gone (PR_SET_PDEATHSIG, CH-34). The kernel ties it to two threads: it comes
     * when the <em>thread</em> that launched us ends, and it is forgotten when the <em>calling thread</em> ends. If the
     * parent is gone already, nothing comes: look at {@link #parentPid} or the alive pipe afterwards.
     */
    void setParentDeathSignal(Sig sig);

    /**
     * Leaves no core file when this process crashes, nor do its children unless they raise the limit again (RLIMIT_CORE,
     * the soft one).
     */
    void forbidCoreFile();

    /** Sets the name {@code ps} and {@code top} show for the process; the kernel keeps its first 15 bytes. */
    void setName(String name);

    /** The kernel's number of the calling thread. */
    int threadId();

    /**
     * Replaces this program by another one in the same process: pid, children, inheritable descriptors and the calling
     * thread's signal mask stay. Returns only if that failed.
     *
     * @param environment lines {@code NAME=value}
     */
    Errno execute(String program, List<String> arguments, List<String> environment);

    /**
     * Ends this process now ({@code _exit}), after the C library's buffers are written; does not return. {@link
     * Runtime#halt} waits for threads that are in native code, 300 ms when one of them is waiting for something there.
     */
    void exit(int status);
}
