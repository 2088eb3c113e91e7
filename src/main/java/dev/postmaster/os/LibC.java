package dev.postmaster.os;

import org.jspecify.annotations.Nullable;

/** Functions of the C library that every process needs. */
final class LibC {
    static {
        NativeC.bind(LibC.class);
    }

    private LibC() {}

    static native @Nullable String strerrorname_np(int errno);

    static native @Nullable String strerrordesc_np(int errno);
}
