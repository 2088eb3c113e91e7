package dev.postmaster.child.backend;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The setting {@code DateStyle} (datetime.c, variable.c): always ISO for what we write, any order for what we read. */
final class DateStyle {
    static final String DEFAULT = "ISO, MDY";

    private DateStyle() {}

    /** {@code text} in the form in which it is kept; null if it asks for what we cannot write. */
    static @Nullable String accept(String text) {
        String order = "MDY";
        for (String part : text.split(",", -1)) {
            switch (part.strip().toUpperCase(Locale.ROOT)) {
                case "ISO", "DEFAULT" -> {}
                case "YMD" -> order = "YMD";
                case "DMY", "EURO", "EUROPEAN" -> order = "DMY";
                case "MDY", "US", "NONEURO", "NONEUROPEAN" -> order = "MDY";
                default -> {
                    return null;
                }
            }
        }
        return "ISO, " + order;
    }
}
