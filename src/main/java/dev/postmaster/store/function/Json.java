package dev.postmaster.store.function;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Writes the little JSON that SQLite's json_each reads. */
final class Json {
    private Json() {}

    static String array(List<String> values) {
        StringJoiner json = new StringJoiner(",", "[", "]");
        values.forEach(value -> json.add(string(value)));
        return json.toString();
    }

    static String object(Map<String, String> values) {
        StringJoiner json = new StringJoiner(",", "{", "}");
        values.forEach((name, value) -> json.add(string(name) + ':' + string(value)));
        return json.toString();
    }

    static String string(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
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
