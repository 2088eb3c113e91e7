package dev.postmaster.os;

import static dev.postmaster.os.Calls.check;
import static dev.postmaster.os.Calls.checkCode;

/** Reads signals by signalfd. */
final class LinuxSignalFds implements SignalFds {
    @Override
    public void block(SignalSet signals) {
        checkCode(
                "pthread_sigmask",
                SignalC.pthreadSigmask(SignalC.SIG_BLOCK, signals.toNative(), new byte[SignalSet.NATIVE_SIZE]));
    }

    @Override
    public SignalSet blocked() {
        byte[] mask = new byte[SignalSet.NATIVE_SIZE];
        checkCode("pthread_sigmask", SignalC.pthreadSigmask(SignalC.SIG_BLOCK, null, mask));
        return SignalSet.ofNative(mask);
    }

    @Override
    public SignalFd open(SignalSet signals) {
        int flags = SignalC.SFD_CLOEXEC | SignalC.SFD_NONBLOCK;
        try (Fd source = PosixFds.own(check("signalfd", SignalC.signalfd(-1, signals.toNative(), flags)));
                Fd wake = PosixFds.own(
                        check("eventfd", SignalC.eventfd(0, SignalC.EFD_CLOEXEC | SignalC.EFD_NONBLOCK)))) {
            return new LinuxSignalFd(source.take(), wake.take());
        }
    }
}
