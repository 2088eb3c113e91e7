package dev.postmaster.os;

import static dev.postmaster.os.CFunction.named;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The C library's texts for error numbers, untranslated. */
final class ErrnoText {
    private static final CFunction STRERRORNAME = named("strerrorname_np");
    private static final CFunction STRERRORDESC = named("strerrordesc_np");

    private ErrnoText() {}

    static String symbol(int number) {
        @Nullable Pointer symbol = STRERRORNAME.toPointer(number);
        return symbol == null ? Integer.toString(number) : symbol.getString(0);
    }

    static String message(int number) {
        @Nullable Pointer message = STRERRORDESC.toPointer(number);
        return message == null ? "Unknown error " + number : message.getString(0);
    }
}
