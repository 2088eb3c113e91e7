package dev.postmaster.os;

/**
 * The reason the kernel gave for refusing something. The numbers are those of Linux, which x86-64 and aarch64 share.
 *
 * @param number the value of {@code errno}, above 0
 */
public record Errno(int number) {
    public static final Errno EPERM = new Errno(1);
    public static final Errno ENOENT = new Errno(2);
    public static final Errno ESRCH = new Errno(3);
    public static final Errno EINTR = new Errno(4);
    public static final Errno EIO = new Errno(5);
    public static final Errno EBADF = new Errno(9);
    public static final Errno ECHILD = new Errno(10);
    public static final Errno EAGAIN = new Errno(11);
    public static final Errno ENOMEM = new Errno(12);
    public static final Errno EACCES = new Errno(13);
    public static final Errno EEXIST = new Errno(17);
    public static final Errno ENOTDIR = new Errno(20);
    public static final Errno EISDIR = new Errno(21);
    public static final Errno EINVAL = new Errno(22);
    public static final Errno ENFILE = new Errno(23);
    public static final Errno EMFILE = new Errno(24);
    public static final Errno ENOSPC = new Errno(28);
    public static final Errno EROFS = new Errno(30);
    public static final Errno EPIPE = new Errno(32);
    public static final Errno ENOTEMPTY = new Errno(39);
    public static final Errno EMSGSIZE = new Errno(90);
    public static final Errno EADDRINUSE = new Errno(98);
    public static final Errno ECONNRESET = new Errno(104);

    public Errno {
        if (number <= 0) {
            throw new IllegalArgumentException("not an error number: " + number);
        }
    }

    /** The symbol of errno(3), such as {@code ENOENT}; the number for one the C library does not know. */
    public String symbol() {
        return ErrnoText.symbol(number);
    }

    /** The sentence PostgreSQL prints for {@code %m}, such as {@code No such file or directory}; never translated. */
    public String message() {
        return ErrnoText.message(number);
    }

    @Override
    public String toString() {
        return symbol();
    }
}
