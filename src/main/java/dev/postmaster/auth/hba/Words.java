package dev.postmaster.auth.hba;

import java.util.ArrayList;
import java.util.List;

/**
 * A line as fields, each of them a list of words (next_token, next_field_expand): white space parts fields, commas part
 * the words of one field, quotation marks take both their meaning, and {@code #} begins a comment.
 */
final class Words {
    private final String line;
    private final List<List<Token>> fields = new ArrayList<>();
    private List<Token> field = new ArrayList<>();
    private int at;

    private Words(String line) {
        this.line = line;
    }

    static List<List<Token>> of(String line) {
        Words words = new Words(line);
        words.read();
        return words.fields;
    }

    private void read() {
        boolean goesOn = false;
        while (at < line.length() && line.charAt(at) != '#') {
            if (isSeparator(line.charAt(at))) {
                at++;
                continue;
            }
            if (!goesOn) {
                field = new ArrayList<>();
                fields.add(field);
            }
            field.add(word());
            goesOn = at < line.length() && line.charAt(at) == ',';
        }
    }

    private Token word() {
        StringBuilder text = new StringBuilder();
        boolean quoted = line.charAt(at) == '"';
        boolean inside = false;
        for (; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '"' && inside && at + 1 < line.length() && line.charAt(at + 1) == '"') {
                text.append(c);
                at++;
            } else if (c == '"') {
                inside = !inside;
            } else if (!inside && (isSeparator(c) || c == '#')) {
                break;
            } else {
                text.append(c);
            }
        }
        return new Token(text.toString(), quoted);
    }

    private static boolean isSeparator(char c) {
        return c == ',' || Character.isWhitespace(c);
    }
}
