package dev.postmaster.os;

import com.sun.jna.Native;
import java.nio.charset.StandardCharsets;

/** What every system call has in common: -1 and errno, and text that ends with NUL. */
final class Calls {
    private Calls() {}

    /** The error of the last call on this thread that failed. */
    static Errno lastErrno() {
        return new Errno(Native.getLastError());
    }

    /** The result, unless it says that the call failed. */
    static int check(String call, int result) {
        if (result == -1) {
            throw new OsException(call, lastErrno());
        }
        return result;
    }

    /** Ends normally if an error number, as the posix_ and pthread_ functions return it, says "none". */
    static void checkCode(String call, int code) {
        if (code != 0) {
            throw new OsException(call, new Errno(code));
        }
    }

    static boolean failedWith(long result, Errno expected) {
        return result == -1 && Native.getLastError() == expected.number();
    }

    /** The text in UTF-8 with a NUL behind it. */
    static byte[] cString(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("NUL inside a string for the kernel");
        }
        return (text + '\0').getBytes(StandardCharsets.UTF_8);
    }
}
