package dev.postmaster.store.copy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes lines of rows (CopyOneRowTo). */
public final class CopyWriter {
    private final CopyFormat format;

    public CopyWriter(CopyFormat format) {
        this.format = format;
    }

    /** One line with its end: a row's values in the text form of their types, or the names of the columns. */
    public byte[] line(List<? extends @Nullable String> values) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                line.append(format.delimiter());
            }
            String value = values.get(i);
            if (value == null) {
                line.append(format.nullText());
            } else {
                switch (format.style()) {
                    case TEXT -> text(value, line);
                    case CSV -> csv(value, values.size() == 1, line);
                }
            }
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private void text(String value, StringBuilder line) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\b' -> line.append("\\b");
                case '\f' -> line.append("\\f");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                case '\u000b' -> line.append("\\v");
                default ->
                    line.append(c == '\\' || c == format.delimiter() ? "\\" : "")
                            .append(c);
            }
        }
    }

    private void csv(String value, boolean alone, StringBuilder line) {
        boolean plain = !value.equals(format.nullText()) && !(alone && value.equals(CopyFormat.END_MARKER));
        StringBuilder quoted = new StringBuilder().append(format.quote());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            plain &= c != format.delimiter() && c != format.quote() && c != '\n' && c != '\r';
            if (c == format.quote() || c == format.escape()) {
                quoted.append(format.escape());
            }
            quoted.append(c);
        }
        line.append(plain ? value : quoted.append(format.quote()));
    }
}
