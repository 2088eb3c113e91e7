package dev.postmaster.store.copy;

import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.SqlError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of CSV, which may hold line ends within quotes (CopyReadAttributesCSV). */
final class CsvLine {
    private final CopyFormat format;
    private final String line;
    private int at;

    CsvLine(CopyFormat format, String line) {
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

    /** The value from here to the next delimiter; one with quotes is never NULL. */
    private @Nullable String value() {
        StringBuilder value = new StringBuilder();
        boolean quotes = false;
        while (at < line.length() && line.charAt(at) != format.delimiter()) {
            char c = line.charAt(at++);
            if (c == format.quote()) {
                quotes = true;
                quoted(value);
            } else {
                value.append(c);
            }
        }
        return !quotes && value.toString().equals(format.nullText()) ? null : value.toString();
    }

    private void quoted(StringBuilder value) {
        while (at < line.length()) {
            char c = line.charAt(at++);
            char next = at < line.length() ? line.charAt(at) : 0;
            if (c == format.escape() && (next == format.escape() || next == format.quote()) && at < line.length()) {
                value.append(next);
                at++;
            } else if (c == format.quote()) {
                return;
            } else {
                value.append(c);
            }
        }
        throw SqlError.of(SqlState.BAD_COPY_FILE_FORMAT, "unterminated CSV quoted field");
    }
}
