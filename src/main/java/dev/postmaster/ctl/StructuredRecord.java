package dev.postmaster.ctl;

import dev.postmaster.report.Severity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A record whose fields the log names one by one, shown as the text form would show it. */
final class StructuredRecord {
    private static final Map<String, String> PARTS = partsInOrder();

    private static Map<String, String> partsInOrder() {
        var parts = new LinkedHashMap<String, String>();
        parts.put("detail", "DETAIL");
        parts.put("hint", "HINT");
        parts.put("context", "CONTEXT");
        parts.put("statement", "STATEMENT");
        return parts;
    }

    private StructuredRecord() {}

    /** @param fields by the names that jsonlog gives them (LOG-24); what has no message is no record */
    static Optional<LogRecord> of(Map<String, String> fields) {
        if (!fields.containsKey("message")) {
            return Optional.empty();
        }
        String severity = fields.getOrDefault("error_severity", "LOG");
        return Optional.of(new LogRecord(
                Optional.ofNullable(fields.get("backend_type")),
                Optional.ofNullable(fields.get("pid")).map(pid -> (int) Numbers.leading(pid)),
                Severity.named(severity),
                text(fields, severity)));
    }

    private static String text(Map<String, String> fields, String severity) {
        String prefix = fields.getOrDefault("timestamp", "") + " [" + fields.getOrDefault("pid", "") + "] ";
        var text = new StringBuilder();
        part(text, prefix + severity, fields.getOrDefault("message", ""));
        PARTS.forEach((key, label) -> {
            String words = fields.get(key);
            if (words != null) {
                part(text.append('\n'), prefix + label, words);
            }
        });
        return text.toString();
    }

    private static void part(StringBuilder text, String label, String words) {
        text.append(label).append(":  ").append(words.replace("\n", "\n\t"));
    }
}
