package dev.postmaster.store.sql;

import java.util.List;

/** LIKE, ILIKE and regular expressions, as words and as operators. */
final class PatternRules {
    private PatternRules() {}

    static void apply(Phrase phrase) {
        for (int i = 0; i < phrase.size(); i++) {
            operator(phrase, i);
        }
        for (int i = 0; i < phrase.size(); i++) {
            if (phrase.isWord(i, "ilike")) {
                ilike(phrase, i);
            } else if (phrase.isWord(i, "like")) {
                escape(phrase, i);
            }
        }
    }

    private static void operator(Phrase phrase, int i) {
        if (!phrase.is(i, TokenType.OPERATOR) || !isBinary(phrase, i)) {
            return;
        }
        switch (phrase.at(i).text()) {
            case "~~" -> words(phrase, i, "LIKE");
            case "!~~" -> words(phrase, i, "NOT LIKE");
            case "~~*" -> words(phrase, i, "ilike");
            case "!~~*" -> words(phrase, i, "NOT ilike");
            case "~" -> words(phrase, i, "REGEXP");
            case "!~" -> words(phrase, i, "NOT REGEXP");
            case "~*" -> caseless(phrase, i, "REGEXP");
            case "!~*" -> caseless(phrase, i, "NOT REGEXP");
            default -> {}
        }
    }

    /** {@code ~} before an operand alone is bitwise not, in both languages. */
    private static boolean isBinary(Phrase phrase, int i) {
        Token before = phrase.at(i - 1);
        return switch (before.type()) {
            case NAME, STRING, BLOB, NUMBER, PARAMETER, CLOSE -> true;
            case WORD -> !Words.endsOperand(before.text()) || before.text().equals("end");
            case OPERATOR, OPEN, COMMA, DOT, SEMICOLON, END -> false;
        };
    }

    private static void words(Phrase phrase, int i, String words) {
        List<Token> made = Template.fill(phrase.at(i), ' ' + words);
        phrase.replace(i, i + 1, made);
        int next = i + made.size();
        if (next < phrase.size()) {
            phrase.set(next, phrase.at(next).withGap(true));
        }
    }

    /** The pattern gets the flag that Java's expressions read. */
    private static void caseless(Phrase phrase, int i, String words) {
        int end = Words.operandEnd(phrase, i);
        phrase.replace(i + 1, end, Template.fill(phrase.at(i), " ('(?i)' || $1)", phrase.tokens(i + 1, end)));
        words(phrase, i, words);
    }

    /** {@code a ILIKE b} is {@code lower(a) LIKE lower(b)}; LIKE itself minds case here, as in PostgreSQL. */
    private static void ilike(Phrase phrase, int i) {
        Token anchor = phrase.at(i);
        int leftEnd = phrase.isWord(i - 1, "not") ? i - 1 : i;
        int start = Words.operandStart(phrase, leftEnd);
        int end = Words.operandEnd(phrase, i);
        phrase.replace(i, end, Template.fill(anchor, " like lower($1)", phrase.tokens(i + 1, end)));
        phrase.replace(start, leftEnd, Template.fill(anchor, " lower($1)", phrase.tokens(start, leftEnd)));
    }

    /** PostgreSQL's patterns escape with a backslash unless told otherwise, SQLite's not at all. */
    private static void escape(Phrase phrase, int i) {
        int end = Words.operandEnd(phrase, i);
        Token pattern = phrase.at(i + 1);
        boolean plain = end == i + 2
                && pattern.type() == TokenType.STRING
                && pattern.text().indexOf('\\') < 0;
        if (phrase.isWord(end, "escape")) {
            if (phrase.at(end + 1).text().isEmpty()) {
                phrase.remove(end, end + 2);
            }
        } else if (!plain) {
            phrase.replace(end, end, Template.fill(pattern, " escape '\\'"));
        }
    }
}
