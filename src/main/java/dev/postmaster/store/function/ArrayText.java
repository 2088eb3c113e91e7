package dev.postmaster.store.function;

import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.SqlError;

/** PostgreSQL's text of a one-dimensional array, as JSON: {@code {1,"a b",NULL}} is {@code ["1","a b",null]}. */
final class ArrayText {
    private final String text;
    private final StringBuilder json = new StringBuilder("[");
    private int at = 1;

    private ArrayText(String text) {
        this.text = text;
    }

    static String json(String text) {
        String stripped = text.strip();
        if (stripped.length() < 2 || stripped.charAt(0) != '{' || !stripped.endsWith("}")) {
            throw SqlError.of(SqlState.INVALID_TEXT_REPRESENTATION, "malformed array literal: \"" + text + "\"");
        }
        return new ArrayText(stripped).read();
    }

    private String read() {
        int end = text.length() - 1;
        while (at < end) {
            element(end);
            if (at < end) {
                json.append(',');
                at++;
            }
        }
        return json.append(']').toString();
    }

    private void element(int end) {
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
        json.append(!quoted && element.equalsIgnoreCase("null") ? "null" : quote(element));
    }

    private static String quote(String element) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < element.length(); i++) {
            char c = element.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u00").append(c < 16 ? "0" : "").append(Integer.toHexString(c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
