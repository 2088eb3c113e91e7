package dev.postmaster.wire;

import java.util.Locale;
import java.util.Optional;

/** PostgreSQL's spellings of a boolean (utils/adt/bool.c): unambiguous prefixes, any case. */
final class BooleanText {
    private BooleanText() {}

    static Optional<Boolean> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.isEmpty()) {
            return Optional.empty();
        }
        if ("true".startsWith(lower) || "yes".startsWith(lower) || lower.equals("on") || lower.equals("1")) {
            return Optional.of(true);
        }
        boolean off = "off".startsWith(lower) && lower.length() > 1;
        if ("false".startsWith(lower) || "no".startsWith(lower) || off || lower.equals("0")) {
            return Optional.of(false);
        }
        return Optional.empty();
    }
}
