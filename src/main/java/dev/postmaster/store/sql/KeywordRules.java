package dev.postmaster.store.sql;

import org.jspecify.annotations.Nullable;

/** Keywords that stand for a value or an operator of another name. */
final class KeywordRules {
    private KeywordRules() {}

    static void apply(Phrase phrase, boolean stored) {
        for (int i = 0; i < phrase.size(); i++) {
            if (phrase.is(i, TokenType.WORD) && !phrase.is(i - 1, TokenType.DOT) && !phrase.is(i + 1, TokenType.DOT)) {
                valueFunction(phrase, i, stored);
                unknown(phrase, i);
            }
        }
    }

    /** {@code current_user} is a function without parentheses; a stored default keeps SQLite's own. */
    private static void valueFunction(Phrase phrase, int i, boolean stored) {
        String function = functionOf(phrase.at(i).text());
        boolean alias = phrase.isWord(i - 1, "as");
        if (function == null || alias || (stored && function.equals("now"))) {
            return;
        }
        int end = phrase.is(i + 1, TokenType.OPEN) ? phrase.closing(i + 1) + 1 : i + 1;
        Token keyword = phrase.at(i);
        phrase.replace(i, end, Template.fill(keyword, function + "()"));
        phrase.set(i, phrase.at(i).withGap(keyword.gap()));
    }

    private static @Nullable String functionOf(String keyword) {
        return switch (keyword) {
            case "current_user", "session_user", "current_role" -> "current_user";
            case "current_catalog" -> "current_database";
            case "current_schema" -> "current_schema";
            case "current_timestamp", "localtimestamp" -> "now";
            case "localtime" -> "current_time";
            default -> null;
        };
    }

    /** {@code IS [NOT] UNKNOWN} is {@code IS [NOT] NULL}. */
    private static void unknown(Phrase phrase, int i) {
        boolean afterIs = phrase.isWord(i - 1, "is") || phrase.areWords(i - 2, "is", "not");
        if (phrase.isWord(i, "unknown") && afterIs) {
            phrase.set(i, phrase.at(i).asWord("NULL"));
        }
    }
}
