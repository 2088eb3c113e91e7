package dev.postmaster.os;

import static dev.postmaster.os.Calls.check;
import static dev.postmaster.os.Calls.failedWith;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** A signalfd, and beside it an eventfd that ends the wait for it. */
final class LinuxSignalFd implements SignalFd {
    /** sizeof(struct signalfd_siginfo). */
    private static final int INFO_SIZE = 128;

    private static final int SSI_SIGNO = 0;
    private static final int SSI_PID = 12;
    private static final int WAKE = 1;

    private final Fd source;
    private final Fd wake;
    private boolean closed; // guarded by this, so that nobody writes to a number that is another file by now

    LinuxSignalFd(Fd source, Fd wake) {
        this.source = source;
        this.wake = wake;
    }

    @Override
    public Optional<SignalInfo> next() {
        PollEntries entries = new PollEntries(source.number(), wake.number());
        byte[] info = new byte[INFO_SIZE];
        while (true) {
            boolean ready = entries.await(-1);
            if (ready && entries.isReady(WAKE)) {
                return Optional.empty();
            }
            if (ready && read(info)) {
                ByteBuffer fields = ByteBuffer.wrap(info).order(ByteOrder.nativeOrder());
                return Optional.of(new SignalInfo(fields.getInt(SSI_SIGNO), fields.getInt(SSI_PID)));
            }
        }
    }

    /** False if another reader of the same signals was faster. */
    private boolean read(byte[] info) {
        int result = (int) FileC.read(source.number(), info, INFO_SIZE);
        return !failedWith(result, Errno.EAGAIN) && check("read", result) == INFO_SIZE;
    }

    @Override
    public synchronized void stop() {
        if (!closed) {
            byte[] one = ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putLong(0, 1)
                    .array();
            check("write", (int) FileC.write(wake.number(), one, one.length));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try (source) {
            wake.close();
        }
    }
}
