package dev.postmaster.store.sql;

import java.util.ArrayList;
import java.util.List;

/** {@code t + interval '1 day'} and {@code t - '1 day'::interval}: a call, because SQLite's times are text. */
final class IntervalRules {
    private IntervalRules() {}

    static void apply(Phrase phrase) {
        for (int i = 1; i < phrase.size(); i++) {
            boolean plus = phrase.isOperator(i, "+");
            if (!plus && !phrase.isOperator(i, "-")) {
                continue;
            }
            if (phrase.isWord(i + 1, "interval") && phrase.is(i + 2, TokenType.STRING)) {
                add(phrase, i, phrase.at(i + 2), i + 3);
            } else if (phrase.is(i + 1, TokenType.STRING)
                    && phrase.isOperator(i + 2, "::")
                    && phrase.isWord(i + 3, "interval")) {
                add(phrase, i, phrase.at(i + 1), i + 4);
            }
        }
    }

    private static void add(Phrase phrase, int sign, Token interval, int end) {
        int start = phrase.primaryStart(sign - 1);
        Token anchor = phrase.at(start);
        List<Token> made = new ArrayList<>(Tokens.of(anchor, "pg_interval_add", "("));
        made.addAll(phrase.tokens(start, sign));
        made.addAll(Tokens.of(anchor, ","));
        made.add(interval);
        made.addAll(Tokens.of(anchor, ",", phrase.isOperator(sign, "+") ? "1" : "-1", ")"));
        phrase.replace(start, end, made);
    }
}
