package dev.postmaster.store.type;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words for true and false (parse_bool). */
public final class Booleans {
    private Booleans() {}

    /** The truth of a number or of PostgreSQL's words; null when it is neither. */
    public static @Nullable Boolean of(Object value) {
        return switch (value) {
            case Number number -> number.doubleValue() != 0;
            case String text -> word(text.strip().toLowerCase(Locale.ROOT));
            default -> null;
        };
    }

    private static @Nullable Boolean word(String word) {
        return switch (word) {
            case "t", "tr", "tru", "true", "y", "ye", "yes", "on", "1" -> true;
            case "f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0" -> false;
            default -> null;
        };
    }
}
