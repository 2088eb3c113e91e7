package dev.postmaster.ctl;

import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object whose values are texts and numbers, as a line of the log is. What is not one comes to fewer fields. */
final class FlatJson {
    private final String text;
    private int at;

    private FlatJson(String text) {
        this.text = text;
    }

    /** The fields by name, numbers as they are written. */
    static Map<String, String> read(String text) {
        return new FlatJson(text).object();
    }

    private Map<String, String> object() {
        var fields = new LinkedHashMap<String, String>();
        while (skipTo('"')) {
            String name = string();
            if (!skipTo(':')) {
                return fields;
            }
            fields.put(name, value());
        }
        return fields;
    }

    /** Moves behind the next such character. */
    private boolean skipTo(char wanted) {
        int found = text.indexOf(wanted, at);
        at = found < 0 ? text.length() : found + 1;
        return found >= 0;
    }

    private String value() {
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
            return string();
        }
        int begin = at;
        while (at < text.length() && ",}".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(begin, at);
    }

    /** From behind the opening quote to behind the closing one. */
    private String string() {
        var value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            value.append(c == '\\' && at < text.length() ? escaped() : c);
        }
        at++;
        return value.toString();
    }

    private char escaped() {
        char c = text.charAt(at++);
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> c;
        };
    }

    private char unicode() {
        int end = Math.min(at + 4, text.length());
        try {
            char c = (char) Integer.parseInt(text.substring(at, end), 16);
            at = end;
            return c;
        } catch (NumberFormatException e) {
            return '?';
        }
    }
}
