package dev.postmaster.store.copy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of COPY's text form (CopyReadAttributesText). Escapes name bytes, of which several may be one character, so
 * they are undone before the bytes become text.
 */
final class TextLine {
    private final CopyFormat format;
    private final byte[] nullText;
    private final byte[] line;
    private final byte[] value;
    private int at;

    TextLine(CopyFormat format, byte[] line) {
        this.format = format;
        this.nullText = format.nullText().getBytes(StandardCharsets.UTF_8);
        this.line = line;
        this.value = new byte[line.length];
    }

    List<@Nullable String> values() {
        List<@Nullable String> values = new ArrayList<>();
        values.add(value());
        while (at < line.length) {
            at++;
            values.add(value());
        }
        return values;
    }

    /** The value from here to the next delimiter; what stands for NULL is known before escapes are undone. */
    private @Nullable String value() {
        int start = at;
        int length = 0;
        while (at < line.length && line[at] != format.delimiter()) {
            byte next = line[at++];
            value[length++] = next == '\\' && at < line.length ? escape() : next;
        }
        boolean isNull = Arrays.equals(line, start, at, nullText, 0, nullText.length);
        return isNull ? null : Utf8.decode(value, length);
    }

    private byte escape() {
        byte next = line[at++];
        return switch (next) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000b';
            case 'x' -> code(16, 2, next);
            default -> {
                if (digit(next, 8) < 0) {
                    yield next;
                }
                at--;
                yield code(8, 3, next);
            }
        };
    }

    /** A byte by its number, of so many digits at most; {@code otherwise} when there is no digit. */
    private byte code(int radix, int digits, byte otherwise) {
        int first = at;
        int code = 0;
        while (at < line.length && at < first + digits && digit(line[at], radix) >= 0) {
            code = code * radix + digit(line[at++], radix);
        }
        return at == first ? otherwise : (byte) code;
    }

    private static int digit(byte character, int radix) {
        return Character.digit((char) character, radix);
    }
}
