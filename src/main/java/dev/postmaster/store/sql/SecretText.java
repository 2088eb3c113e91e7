package dev.postmaster.store.sql;

import dev.postmaster.report.ReportException;
import java.util.List;

/** A statement as others may see it: what stands behind the word PASSWORD is nobody's business. */
public final class SecretText {
    /** What stands in the place of a password. */
    public static final String MASK = "'********'";

    private static final String WORD = "password";

    private SecretText() {}

    /** The text with every password masked; the same object if there is none. */
    public static String masked(String sql) {
        int first = find(sql);
        if (first < 0) {
            return sql;
        }
        List<Token> tokens;
        try {
            tokens = Lexer.tokens(sql);
        } catch (ReportException e) {
            // A quote that does not end: where the password ends nobody can tell.
            return sql.substring(0, first + WORD.length()) + ' ' + MASK;
        }
        StringBuilder text = new StringBuilder();
        int copied = 0;
        for (int i = 0; i < tokens.size(); i++) {
            int start = secretAfter(tokens, i);
            int end = start;
            while (end < tokens.size() && tokens.get(end).type() == TokenType.STRING) {
                end++;
            }
            if (end > start) {
                text.append(sql, copied, tokens.get(start).start()).append(MASK);
                copied = tokens.get(end - 1).end();
            }
        }
        return copied == 0 ? sql : text.append(sql, copied, sql.length()).toString();
    }

    /** The first string behind a word PASSWORD, where {@code U&} may stand between; past the end for another token. */
    private static int secretAfter(List<Token> tokens, int index) {
        if (!tokens.get(index).isWord(WORD)) {
            return tokens.size();
        }
        boolean unicode = index + 2 < tokens.size()
                && tokens.get(index + 1).isWord("u")
                && tokens.get(index + 2).isOperator("&");
        return unicode ? index + 3 : index + 1;
    }

    private static int find(String sql) {
        char first = WORD.charAt(0);
        char upper = Character.toUpperCase(first);
        for (int i = 0; i + WORD.length() <= sql.length(); i++) {
            char c = sql.charAt(i);
            if ((c == first || c == upper) && sql.regionMatches(true, i, WORD, 0, WORD.length())) {
                return i;
            }
        }
        return -1;
    }
}
