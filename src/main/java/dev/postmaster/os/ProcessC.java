package dev.postmaster.os;

import static dev.postmaster.os.CFunction.named;

import com.sun.jna.Pointer;

/** Functions of the C library on processes. */
final class ProcessC {
    static final int P_ALL = 0;
    static final int P_PID = 1;
    static final int WNOHANG = 1;
    static final int WEXITED = 4;
    static final int WNOWAIT = 0x0100_0000;
    static final int WSTOPPED = 2;
    static final int RLIMIT_CORE = 4;
    static final int PR_SET_PDEATHSIG = 1;
    static final int PR_SET_CHILD_SUBREAPER = 36;

    private static final CFunction GETPID = named("getpid");
    private static final CFunction GETPPID = named("getppid");
    private static final CFunction GETTID = named("gettid");
    private static final CFunction GETUID = named("getuid");
    private static final CFunction GETEUID = named("geteuid");
    private static final CFunction UMASK = named("umask");
    private static final CFunction CHDIR = named("chdir");
    private static final CFunction PRCTL = named("prctl");
    private static final CFunction GETRLIMIT = named("getrlimit");
    private static final CFunction SETRLIMIT = named("setrlimit");
    private static final CFunction EXECVE = named("execve");
    private static final CFunction FFLUSH = named("fflush");
    private static final CFunction EXIT = named("_exit");
    private static final CFunction KILL = named("kill");
    private static final CFunction WAITID = named("waitid");

    private ProcessC() {}

    static int getpid() {
        return GETPID.toInt();
    }

    static int getppid() {
        return GETPPID.toInt();
    }

    static int gettid() {
        return GETTID.toInt();
    }

    static int getuid() {
        return GETUID.toInt();
    }

    static int geteuid() {
        return GETEUID.toInt();
    }

    static int umask(int mask) {
        return UMASK.toInt(mask);
    }

    static int chdir(byte[] path) {
        return CHDIR.toInt(path);
    }

    static int prctl(int option, long argument) {
        return PRCTL.toInt(option, argument, 0L, 0L, 0L);
    }

    /** {@code limits}: room for the soft and the hard one. */
    static int getrlimit(int resource, long[] limits) {
        return GETRLIMIT.toInt(resource, limits);
    }

    static int setrlimit(int resource, long[] limits) {
        return SETRLIMIT.toInt(resource, limits);
    }

    static int execve(byte[] path, Pointer argv, Pointer environment) {
        return EXECVE.toInt(path, argv, environment);
    }

    /** Writes what all streams of the C library have buffered, such as the JVM's own logs. */
    static int fflushAll() {
        return FFLUSH.toInt(Pointer.NULL);
    }

    /** Does not return. */
    static void exit(int status) {
        EXIT.toInt(status);
    }

    static int kill(int pid, int signal) {
        return KILL.toInt(pid, signal);
    }

    /** Waits for a child; {@code info} is a siginfo_t, 128 bytes. */
    static int waitid(int kind, int id, byte[] info, int options) {
        return WAITID.toInt(kind, id, info, options);
    }
}
