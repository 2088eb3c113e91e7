package dev.postmaster.store.sql;

/** The rest of an {@code E'..'} string: backslash escapes and doubled quotes decoded. */
final class EscapeString {
    private final String sql;
    private final StringBuilder text = new StringBuilder();
    private int at;
    private boolean terminated;

    /** Reads from the first character after the opening quote. */
    EscapeString(String sql, int start) {
        this.sql = sql;
        this.at = start;
        while (at < sql.length() && !terminated) {
            character();
        }
    }

    boolean terminated() {
        return terminated;
    }

    String text() {
        return text.toString();
    }

    /** After the closing quote. */
    int end() {
        return at;
    }

    private void character() {
        char c = sql.charAt(at++);
        if (c == '\\' && at < sql.length()) {
            escape(sql.charAt(at++));
        } else if (c == '\'' && at < sql.length() && sql.charAt(at) == '\'') {
            text.append('\'');
            at++;
        } else if (c == '\'') {
            terminated = true;
        } else {
            text.append(c);
        }
    }

    private void escape(char c) {
        switch (c) {
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'x' -> code(c, 16, 2);
            case 'u' -> code(c, 16, 4);
            case 'U' -> code(c, 16, 8);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                code(c, 8, 3);
            }
            default -> text.append(c);
        }
    }

    private void code(char letter, int radix, int digits) {
        int value = 0;
        int start = at;
        while (at < sql.length() && at - start < digits && Character.digit(sql.charAt(at), radix) >= 0) {
            value = value * radix + Character.digit(sql.charAt(at++), radix);
        }
        if (at == start || !Character.isValidCodePoint(value)) {
            text.append(letter);
        } else {
            text.appendCodePoint(value);
        }
    }
}
