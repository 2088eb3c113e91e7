package dev.postmaster.os;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * One function of the C library. The classes that name functions (such as {@link FileC}) give each a typed method: a size
 * or an address passed as an {@code int} would arrive with garbage in its upper half, and no compiler would tell.
 *
 * <p>JNA's other way, direct mapping, is faster per call but would cost every child more than it can ever save (decision
 * 0010).
 */
final class CFunction {
    /** The file, not the name "c": JNA would look for that in directories, past the linker script {@code libc.so}. */
    private static final String FILE = "libc.so.6";

    private static final String SEARCH_PATH = "jna.platform.library.path";

    private static final NativeLibrary LIBRARY = open();

    private final Function function;

    private CFunction(Function function) {
        this.function = function;
    }

    private static NativeLibrary open() {
        // Without a search path JNA runs "/sbin/ldconfig -p" as a child process to make one up.
        if (System.getProperty(SEARCH_PATH) == null) {
            System.setProperty(SEARCH_PATH, "");
        }
        return NativeLibrary.getInstance(FILE);
    }

    static CFunction named(String name) {
        return new CFunction(LIBRARY.getFunction(name));
    }

    int toInt(@Nullable Object... arguments) {
        return function.invokeInt(arguments);
    }

    /** For results as wide as an address: {@code ssize_t}. */
    long toLong(@Nullable Object... arguments) {
        return function.invokeLong(arguments);
    }

    @Nullable
    Pointer toPointer(@Nullable Object... arguments) {
        return function.invokePointer(arguments);
    }
}
