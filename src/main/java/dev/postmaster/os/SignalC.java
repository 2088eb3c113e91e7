package dev.postmaster.os;

import static dev.postmaster.os.CFunction.named;

import org.jspecify.annotations.Nullable;

/** Functions of the C library on signals of this process. */
final class SignalC {
    static final int SIG_BLOCK = 0;
    static final int SFD_CLOEXEC = 0x80000;
    static final int SFD_NONBLOCK = 0x800;
    static final int EFD_CLOEXEC = 0x80000;
    static final int EFD_NONBLOCK = 0x800;

    private static final long SIG_DFL = 0;
    private static final long SIG_ERR = -1;

    private static final CFunction SIGNAL = named("signal");
    private static final CFunction PTHREAD_SIGMASK = named("pthread_sigmask");
    private static final CFunction SIGNALFD = named("signalfd");
    private static final CFunction EVENTFD = named("eventfd");

    private SignalC() {}

    static void setDefault(int signal) {
        if (SIGNAL.toLong(signal, SIG_DFL) == SIG_ERR) {
            throw new OsException("signal", Calls.lastErrno());
        }
    }

    /**
     * Changes or asks for the mask of the calling thread.
     *
     * @param signals null to change nothing
     * @param before room for a sigset_t, 128 bytes
     * @return 0 or an error number
     */
    static int pthreadSigmask(int how, byte @Nullable [] signals, byte[] before) {
        return PTHREAD_SIGMASK.toInt(how, signals, before);
    }

    static int signalfd(int fd, byte[] signals, int flags) {
        return SIGNALFD.toInt(fd, signals, flags);
    }

    static int eventfd(int initial, int flags) {
        return EVENTFD.toInt(initial, flags);
    }
}
