package dev.postmaster.ctl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The csv form (LOG-23). A text in it may go over several lines, so a record is there when its last quote is. */
final class CsvLogForm implements LogForm {
    /** Columns by number, from 1, and the names that jsonlog gives them. */
    private static final Map<Integer, String> COLUMNS = Map.of(
            1, "timestamp",
            4, "pid",
            12, "error_severity",
            14, "message",
            15, "detail",
            16, "hint",
            19, "context",
            20, "statement",
            24, "backend_type");

    private final StringBuilder pending = new StringBuilder();

    @Override
    public Optional<LogRecord> read(String line) {
        pending.append(line);
        String text = pending.toString();
        if (text.chars().filter(c -> c == '"').count() % 2 != 0) {
            pending.append('\n');
            return Optional.empty();
        }
        pending.setLength(0);
        return StructuredRecord.of(named(fields(text))).or(() -> Optional.of(LogRecord.unknown(text)));
    }

    private static Map<String, String> named(List<String> fields) {
        var named = new HashMap<String, String>();
        COLUMNS.forEach((number, name) -> {
            if (number <= fields.size() && !fields.get(number - 1).isEmpty()) {
                named.put(name, fields.get(number - 1));
            }
        });
        return named;
    }

    /** A quote within quotes is written twice. */
    private static List<String> fields(String text) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
