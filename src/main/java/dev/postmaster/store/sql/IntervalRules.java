package dev.postmaster.store.sql;

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
        int start = Operand.start(phrase, sign - 1);
        String call = phrase.isOperator(sign, "+") ? " pg_interval_add($1, $2, 1)" : " pg_interval_add($1, $2, -1)";
        List<Token> time = phrase.tokens(start, sign);
        phrase.replace(start, end, Template.fill(time.getFirst(), call, time, List.of(interval)));
    }
}
