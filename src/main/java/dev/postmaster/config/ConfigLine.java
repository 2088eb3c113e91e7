package dev.postmaster.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one line of a configuration file says, in the syntax of guc-file.l. */
sealed interface ConfigLine {
    /** A blank line or a comment. */
    record Nothing() implements ConfigLine {}

    /** {@code name = value} or {@code name value}; the value without its quotes. */
    record Assignment(String name, String value) implements ConfigLine {}

    /**
     * Not a line of this language.
     *
     * @param near the token that does not fit, or empty if the line ends too early
     */
    record SyntaxError(String near) implements ConfigLine {}

    Pattern BLANK = Pattern.compile("[ \t\r]*(?:#.*)?$");
    Pattern NAME =
            Pattern.compile("[ \t]*([\\p{L}_][\\p{L}\\p{N}_$]*(?:\\.[\\p{L}_][\\p{L}\\p{N}_$]*)*)[ \t]*=?[ \t]*");
    Pattern VALUE = Pattern.compile(
            "'((?:[^'\\\\]|\\\\.|'')*)'" // quoted
                    + "|(?:[-+]?(?:0x\\p{XDigit}+|\\d*\\.\\d*(?:[eE][-+]?\\d+)?|\\d+)[a-zA-Z]*" // a number with its
                    // unit
                    + "|[\\p{L}_][\\p{L}\\p{N}_$.:/-]*)(?![^ \t\r#=])"); // a word
    Pattern TOKEN = Pattern.compile("[ \t]*([^ \t\r]+)");

    static ConfigLine of(String line) {
        if (BLANK.matcher(line).lookingAt()) {
            return new Nothing();
        }
        Matcher name = NAME.matcher(line);
        if (!name.lookingAt()) {
            return errorAt(line, 0);
        }
        Matcher value = VALUE.matcher(line).region(name.end(), line.length());
        if (!value.lookingAt()) {
            return errorAt(line, name.end());
        }
        if (!BLANK.matcher(line).region(value.end(), line.length()).lookingAt()) {
            return errorAt(line, value.end());
        }
        String quoted = value.group(1);
        return new Assignment(name.group(1), quoted == null ? value.group() : unescape(quoted));
    }

    private static SyntaxError errorAt(String line, int position) {
        Matcher token = TOKEN.matcher(line).region(position, line.length());
        return new SyntaxError(token.lookingAt() ? token.group(1) : "");
    }

    private static String unescape(String quoted) {
        StringBuilder text = new StringBuilder(quoted.length());
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c == '\'') {
                i++; // the second of two
            } else if (c == '\\') {
                c = quoted.charAt(++i);
                int octal = "bfnrt".indexOf(c) < 0 ? octalEnd(quoted, i) : i;
                if (octal > i) {
                    text.append((char) Integer.parseInt(quoted, i, octal, 8));
                    i = octal - 1;
                    continue;
                }
                c = escaped(c);
            }
            text.append(c);
        }
        return text.toString();
    }

    private static int octalEnd(String text, int from) {
        int end = from;
        while (end < text.length() && end < from + 3 && text.charAt(end) >= '0' && text.charAt(end) <= '7') {
            end++;
        }
        return end;
    }

    private static char escaped(char letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }
}
