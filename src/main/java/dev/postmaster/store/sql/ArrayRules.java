package dev.postmaster.store.sql;

import dev.postmaster.report.SqlState;
import java.util.ArrayList;
import java.util.List;

/** The one use of arrays that clients make on their own: {@code x = ANY(list)} and {@code x <> ALL(list)}. */
final class ArrayRules {
    private ArrayRules() {}

    static void apply(Phrase phrase) {
        for (int i = 1; i < phrase.size(); i++) {
            boolean any = phrase.isWord(i, "any") || phrase.isWord(i, "some");
            if ((any || phrase.isWord(i, "all"))
                    && phrase.is(i - 1, TokenType.OPERATOR)
                    && phrase.is(i + 1, TokenType.OPEN)) {
                membership(phrase, i, any);
            }
        }
        for (int i = 0; i < phrase.size(); i++) {
            if (phrase.isOperator(i, "[")) {
                throw phrase.error(i, SqlState.FEATURE_NOT_SUPPORTED, "arrays are not supported");
            }
        }
    }

    private static void membership(Phrase phrase, int i, boolean any) {
        boolean equal = phrase.isOperator(i - 1, "=");
        boolean unequal = phrase.isOperator(i - 1, "<>") || phrase.isOperator(i - 1, "!=");
        if (any ? !equal : !unequal) {
            throw phrase.error(
                    i - 1,
                    SqlState.FEATURE_NOT_SUPPORTED,
                    phrase.at(i - 1).text() + " " + phrase.source(i) + " is not supported");
        }
        int close = phrase.closing(i + 1);
        Token anchor = phrase.at(i);
        List<Token> made = new ArrayList<>(any ? Tokens.of(anchor, "IN") : Tokens.of(anchor, "NOT", "IN"));
        made.addAll(list(phrase, i + 2, close));
        phrase.replace(i - 1, close + 1, made);
    }

    private static List<Token> list(Phrase phrase, int start, int close) {
        Token anchor = phrase.at(start);
        List<Token> made = new ArrayList<>(Tokens.of(anchor, "("));
        if (phrase.isWord(start, "array") && phrase.isOperator(start + 1, "[")) {
            int end = start + 2;
            while (end < close && !phrase.isOperator(end, "]")) {
                end++;
            }
            made.addAll(phrase.tokens(start + 2, end));
        } else if (phrase.isWord(start, "select") || phrase.isWord(start, "values")) {
            made.addAll(phrase.tokens(start, close));
        } else {
            made.addAll(Tokens.of(anchor, "SELECT", "value", "FROM", "json_each", "(", "pg_array_json", "("));
            made.addAll(phrase.tokens(start, close));
            made.addAll(Tokens.of(anchor, ")", ")"));
        }
        made.addAll(Tokens.of(anchor, ")"));
        return made;
    }
}
