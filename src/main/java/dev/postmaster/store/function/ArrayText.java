package dev.postmaster.store.function;

import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.SqlError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's text of a one-dimensional array ({@code {1,"a b",NULL}}) or vector ({@code 1 2}). */
final class ArrayText {
    private static final String NULL = "NULL";

    private final String text;
    private final List<@Nullable String> elements = new ArrayList<>();
    private int at = 1;

    private ArrayText(String text) {
        this.text = text;
    }

    /** As JSON, which SQLite can look into. */
    static String json(String text) {
        List<String> json = new ArrayList<>();
        elements(text).forEach(element -> json.add(element == null ? "null" : Json.string(element)));
        return '[' + String.join(",", json) + ']';
    }

    static @Nullable Object length(@Nullable Object array) {
        return array == null ? null : (Object) (long) elements(array.toString()).size();
    }

    /** The number of the first element that equals a value, from 1; null when there is none. */
    static @Nullable Object position(@Nullable Object array, @Nullable Object value) {
        if (array == null) {
            return null;
        }
        int index = elements(array.toString()).indexOf(value == null ? null : value.toString());
        return index < 0 ? null : (Object) (index + 1L);
    }

    /** The element of a number; arrays count from 1, vectors from 0. Null outside. */
    static @Nullable Object element(@Nullable Object array, @Nullable Object number) {
        if (array == null || !(number instanceof Long wanted)) {
            return null;
        }
        List<@Nullable String> elements = elements(array.toString());
        long index = isArray(array.toString()) ? wanted - 1 : wanted;
        String element = index >= 0 && index < elements.size() ? elements.get((int) index) : null;
        boolean whole = element != null && !element.isEmpty() && element.chars().allMatch(Character::isDigit);
        return whole ? (Object) Long.valueOf(element) : element;
    }

    static String joined(String array, String separator) {
        List<String> present = new ArrayList<>();
        elements(array).forEach(element -> {
            if (element != null) {
                present.add(element);
            }
        });
        return String.join(separator, present);
    }

    static String of(List<@Nullable String> elements) {
        List<String> quoted = new ArrayList<>();
        elements.forEach(element -> quoted.add(element == null ? NULL : quote(element)));
        return '{' + String.join(",", quoted) + '}';
    }

    private static String quote(String element) {
        boolean plain = !element.isEmpty()
                && !element.equalsIgnoreCase(NULL)
                && element.chars()
                        .noneMatch(c -> c == '"' || c == '\\' || c == ',' || c == '{' || c == '}' || c <= ' ');
        return plain ? element : '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static boolean isArray(String text) {
        return text.strip().startsWith("{");
    }

    private static List<@Nullable String> elements(String text) {
        String stripped = text.strip();
        if (!isArray(stripped)) {
            return stripped.isEmpty() ? List.of() : List.of(stripped.split(" +", -1));
        }
        if (stripped.length() < 2 || !stripped.endsWith("}")) {
            throw SqlError.of(SqlState.INVALID_TEXT_REPRESENTATION, "malformed array literal: \"" + text + "\"");
        }
        ArrayText array = new ArrayText(stripped);
        int end = stripped.length() - 1;
        while (array.at < end) {
            array.read(end);
            array.at++;
        }
        return array.elements;
    }

    private void read(int end) {
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
        boolean quoted = at < end && text.charAt(at) == '"';
        StringBuilder value = new StringBuilder();
        at += quoted ? 1 : 0;
        while (at < end && text.charAt(at) != (quoted ? '"' : ',')) {
            if (text.charAt(at) == '\\') {
                at++;
            }
            value.append(text.charAt(at++));
        }
        at += quoted ? 1 : 0;
        String element = quoted ? value.toString() : value.toString().strip();
        elements.add(!quoted && element.equalsIgnoreCase(NULL) ? null : element);
    }
}
