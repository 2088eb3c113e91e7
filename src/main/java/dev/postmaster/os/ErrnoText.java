package dev.postmaster.os;

import org.jspecify.annotations.Nullable;

/** The C library's texts for error numbers, untranslated. */
final class ErrnoText {
    private ErrnoText() {}

    static String symbol(int number) {
        @Nullable String symbol = LibC.strerrorname_np(number);
        return symbol == null ? Integer.toString(number) : symbol;
    }

    static String message(int number) {
        @Nullable String message = LibC.strerrordesc_np(number);
        return message == null ? "Unknown error " + number : message;
    }
}
