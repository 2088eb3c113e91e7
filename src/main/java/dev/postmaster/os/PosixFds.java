package dev.postmaster.os;

import static dev.postmaster.os.Calls.check;
import static dev.postmaster.os.FileC.FD_CLOEXEC;
import static dev.postmaster.os.FileC.O_APPEND;
import static dev.postmaster.os.FileC.O_CLOEXEC;
import static dev.postmaster.os.FileC.O_CREAT;
import static dev.postmaster.os.FileC.O_NONBLOCK;
import static dev.postmaster.os.FileC.O_RDWR;
import static dev.postmaster.os.FileC.O_WRONLY;

import java.nio.file.Path;

/** Descriptors by pipe2, fcntl and dup2. */
final class PosixFds implements Fds {
    /** The owner of a descriptor that a call has just made. */
    static Fd own(int number) {
        return new Fd(number, PosixFds::close);
    }

    private static void close(int number) {
        int result = FileC.close(number);
        // Linux has closed the descriptor by the time it reports an interruption (close(2)).
        if (!Calls.failedWith(result, Errno.EINTR)) {
            check("close", result);
        }
    }

    @Override
    public Pipe pipe() {
        int[] ends = new int[2];
        check("pipe2", FileC.pipe2(ends, O_CLOEXEC));
        return new Pipe(own(ends[0]), own(ends[1]));
    }

    @Override
    public Fd append(Path path, int mode) {
        byte[] name = Calls.cString(path.toString());
        int found = FileC.open(name, O_WRONLY | O_APPEND | O_CLOEXEC);
        if (!Calls.failedWith(found, Errno.ENOENT)) {
            return own(check("open", found));
        }
        Fd made = own(check("open", FileC.open(name, O_WRONLY | O_APPEND | O_CLOEXEC | O_CREAT, mode)));
        try {
            check("fchmod", FileC.fchmod(made.number(), mode));
            return made;
        } catch (OsException e) {
            made.close();
            throw e;
        }
    }

    @Override
    public void widen(Fd pipe, int bytes) {
        int result = FileC.fcntl(pipe.number(), FileC.F_SETPIPE_SZ, bytes);
        if (!Calls.failedWith(result, Errno.EPERM)) {
            check("fcntl", result);
        }
    }

    @Override
    public double fill(Fd pipe) {
        int size = FileC.fcntl(pipe.number(), FileC.F_GETPIPE_SZ, 0);
        if (Calls.failedWith(size, Errno.EBADF)) {
            return 0;
        }
        double capacity = check("fcntl", size);
        int[] unread = new int[1];
        check("ioctl", FileC.ioctl(pipe.number(), FileC.FIONREAD, unread));
        return unread[0] / capacity;
    }

    @Override
    public ReadySet readySet() {
        return new EpollSet();
    }

    @Override
    public Fd openNull() {
        return own(check("open", FileC.open(Calls.cString("/dev/null"), O_RDWR | O_CLOEXEC)));
    }

    @Override
    public Fd adopt(int number) {
        check("fcntl", FileC.fcntl(number, FileC.F_GETFD, 0));
        return own(number);
    }

    @Override
    public Fd duplicate(Fd fd, int minimum) {
        return own(check("fcntl", FileC.fcntl(fd.number(), FileC.F_DUPFD_CLOEXEC, minimum)));
    }

    @Override
    public void duplicateTo(Fd fd, int number) {
        if (fd.number() == number) {
            setCloseOnExec(fd, false);
        } else {
            check("dup2", FileC.dup2(fd.number(), number));
        }
    }

    @Override
    public void setNonBlocking(Fd fd, boolean nonBlocking) {
        int flags = check("fcntl", FileC.fcntl(fd.number(), FileC.F_GETFL, 0));
        int changed = nonBlocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
        check("fcntl", FileC.fcntl(fd.number(), FileC.F_SETFL, changed));
    }

    @Override
    public boolean isNonBlocking(Fd fd) {
        return (check("fcntl", FileC.fcntl(fd.number(), FileC.F_GETFL, 0)) & O_NONBLOCK) != 0;
    }

    @Override
    public void setCloseOnExec(Fd fd, boolean closeOnExec) {
        check("fcntl", FileC.fcntl(fd.number(), FileC.F_SETFD, closeOnExec ? FD_CLOEXEC : 0));
    }

    @Override
    public boolean isCloseOnExec(Fd fd) {
        return (check("fcntl", FileC.fcntl(fd.number(), FileC.F_GETFD, 0)) & FD_CLOEXEC) != 0;
    }
}
