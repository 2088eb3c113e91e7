package dev.postmaster.report;

import org.jspecify.annotations.Nullable;

/** A JSON object on one line, in the making. Keys are ours and need no escapes. */
public final class JsonLine {
    private static final int DELETE = 0x7f;
    private static final int LAST_CONTROL = 0x9f;

    private final StringBuilder text = new StringBuilder(256);

    /** Adds a text, unless it is null. */
    public JsonLine text(String key, @Nullable String value) {
        if (value != null) {
            key(key);
            string(value);
        }
        return this;
    }

    /** Adds a number. */
    public JsonLine number(String key, long value) {
        key(key);
        text.append(value);
        return this;
    }

    /** Adds a number that means nothing when it is 0, which leaves it out. */
    public JsonLine positive(String key, long value) {
        return value > 0 ? number(key, value) : this;
    }

    /** The whole line with its end. */
    public String end() {
        return text.append(text.isEmpty() ? "{}\n" : "}\n").toString();
    }

    private void key(String key) {
        text.append(text.isEmpty() ? '{' : ',').append('"').append(key).append("\":");
    }

    /**
     * The escapes of LOG-24 ({@code escape_json}), and DEL and what follows it, which JSON allows as they are: a terminal may
     * obey them, and a reader that guards one against them must not find any.
     */
    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                default -> {
                    if (c < ' ' || (c >= DELETE && c <= LAST_CONTROL)) {
                        text.append("\\u00").append(c < 0x10 ? "0" : "").append(Integer.toHexString(c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
