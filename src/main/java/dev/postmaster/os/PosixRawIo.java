package dev.postmaster.os;

import java.time.Duration;
import java.util.Arrays;

/** Input and output by read, write and poll. */
final class PosixRawIo implements RawIo {
    @Override
    public void writeFully(Fd fd, byte[] bytes) {
        int done = 0;
        while (done < bytes.length) {
            byte[] rest = done == 0 ? bytes : Arrays.copyOfRange(bytes, done, bytes.length);
            done += writeOnce(fd, rest, rest.length);
        }
    }

    @Override
    public int writeOnce(Fd fd, byte[] bytes, int length) {
        if (length > bytes.length) {
            throw new IndexOutOfBoundsException(length);
        }
        long written;
        do {
            written = FileC.write(fd.number(), bytes, length);
        } while (Calls.failedWith(written, Errno.EINTR));
        return Calls.check("write", (int) written);
    }

    @Override
    public int read(Fd fd, byte[] buffer) {
        return Calls.check("read", readUninterrupted(fd, buffer));
    }

    @Override
    public Peek tryRead(Fd fd) {
        int result = readUninterrupted(fd, new byte[1]);
        if (Calls.failedWith(result, Errno.EAGAIN)) {
            return Peek.NOTHING;
        }
        return Calls.check("read", result) == 0 ? Peek.END_OF_FILE : Peek.BYTE;
    }

    private static int readUninterrupted(Fd fd, byte[] buffer) {
        long result;
        do {
            result = FileC.read(fd.number(), buffer, buffer.length);
        } while (Calls.failedWith(result, Errno.EINTR));
        return (int) result;
    }

    @Override
    public boolean awaitReadable(Fd fd, Duration timeout) {
        PollEntries entries = new PollEntries(fd.number());
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            long left = timeout.isNegative() ? -1 : Math.max(0, (deadline - System.nanoTime()) / 1_000_000);
            if (entries.await((int) Math.min(left, Integer.MAX_VALUE))) {
                return true;
            }
            if (left == 0) {
                return false;
            }
        }
    }
}
