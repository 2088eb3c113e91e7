package dev.postmaster.store.copy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of COPY's text form (CopyReadAttributesText). */
final class TextLine {
    private final CopyFormat format;
    private final String line;
    private int at;

    TextLine(CopyFormat format, String line) {
        this.format = format;
        this.line = line;
    }

    List<@Nullable String> values() {
        List<@Nullable String> values = new ArrayList<>();
        values.add(value());
        while (at < line.length()) {
            at++;
            values.add(value());
        }
        return values;
    }

    /** The value from here to the next delimiter; what stands for NULL is known before escapes are undone. */
    private @Nullable String value() {
        int start = at;
        StringBuilder value = new StringBuilder();
        while (at < line.length() && line.charAt(at) != format.delimiter()) {
            char c = line.charAt(at++);
            value.append(c == '\\' && at < line.length() ? escape() : c);
        }
        return line.substring(start, at).equals(format.nullText()) ? null : value.toString();
    }

    private char escape() {
        char c = line.charAt(at++);
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000b';
            case 'x' -> code(16, 2, c);
            default -> {
                if (Character.digit(c, 8) < 0) {
                    yield c;
                }
                at--;
                yield code(8, 3, c);
            }
        };
    }

    /** A character by its number, of so many digits at most; {@code otherwise} when there is no digit. */
    private char code(int radix, int digits, char otherwise) {
        int first = at;
        int code = 0;
        while (at < line.length() && at < first + digits && Character.digit(line.charAt(at), radix) >= 0) {
            code = code * radix + Character.digit(line.charAt(at++), radix);
        }
        return at == first ? otherwise : (char) code;
    }
}
