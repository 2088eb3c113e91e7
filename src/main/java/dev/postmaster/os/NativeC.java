package dev.postmaster.os;

import com.sun.jna.Native;

/** Binds the classes of this room to the C library. */
final class NativeC {
    /** The file, not the name "c": JNA would search directories for that, past the linker script {@code libc.so}. */
    private static final String LIBRARY = "libc.so.6";

    private static final String SEARCH_PATH = "jna.platform.library.path";

    private NativeC() {}

    /** Binds every native method of {@code functions}. */
    static void bind(Class<?> functions) {
        // Without a search path JNA runs "/sbin/ldconfig -p" as a child process to make one up.
        if (System.getProperty(SEARCH_PATH) == null) {
            System.setProperty(SEARCH_PATH, "");
        }
        Native.register(functions, LIBRARY);
    }
}
