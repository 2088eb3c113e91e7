package dev.postmaster.os;

import static dev.postmaster.os.FileC.F_SEAL_GROW;
import static dev.postmaster.os.FileC.F_SEAL_SEAL;
import static dev.postmaster.os.FileC.F_SEAL_SHRINK;
import static dev.postmaster.os.FileC.F_SEAL_WRITE;

import java.util.Arrays;

/** Files in memory by memfd_create and F_ADD_SEALS. */
final class LinuxMemfds implements Memfds {
    private static final int FIXED_SIZE = F_SEAL_SHRINK | F_SEAL_GROW;
    private static final int FIXED_FOR_EVER = FIXED_SIZE | F_SEAL_WRITE | F_SEAL_SEAL;

    @Override
    public MemfdResult sealed(String name, byte[] content) {
        return create(name, fd -> write(fd, content) && seal(fd, FIXED_FOR_EVER));
    }

    @Override
    public MemfdResult shared(String name, long size) {
        return create(name, fd -> FileC.ftruncate(fd.number(), size) == 0 && seal(fd, FIXED_SIZE));
    }

    /** One step of making a file; false leaves the reason in errno. */
    private interface Filling {
        boolean succeeds(Fd fd);
    }

    private static MemfdResult create(String name, Filling filling) {
        int number = FileC.memfdCreate(Calls.cString(name), FileC.MFD_CLOEXEC | FileC.MFD_ALLOW_SEALING);
        if (number == -1) {
            return new MemfdResult.Refused(Calls.lastErrno());
        }
        try (Fd fd = PosixFds.own(number)) {
            return filling.succeeds(fd)
                    ? new MemfdResult.Created(fd.take())
                    : new MemfdResult.Refused(Calls.lastErrno());
        }
    }

    /** With pwrite, which leaves the position at 0 for whoever reads. */
    private static boolean write(Fd fd, byte[] content) {
        int done = 0;
        while (done < content.length) {
            byte[] rest = done == 0 ? content : Arrays.copyOfRange(content, done, content.length);
            long written = FileC.pwrite(fd.number(), rest, rest.length, done);
            if (written == -1 && !Calls.failedWith(written, Errno.EINTR)) {
                return false;
            }
            done += (int) Math.max(written, 0);
        }
        return true;
    }

    private static boolean seal(Fd fd, int seals) {
        return FileC.fcntl(fd.number(), FileC.F_ADD_SEALS, seals) == 0;
    }
}
