package dev.postmaster.store.sql;

import java.util.List;

/**
 * {@code CROSS JOIN LATERAL (SELECT expression) AS o(n)}, which pgbench asks with: SQLite has no LATERAL, but without a
 * FROM it is only a name for an expression, so the expression takes the place of {@code o.n}.
 */
final class LateralRules {
    private LateralRules() {}

    static void apply(Phrase phrase) {
        for (int i = 0; i < phrase.size(); i++) {
            if (phrase.areWords(i, "cross", "join", "lateral") && phrase.is(i + 3, TokenType.OPEN)) {
                inline(phrase, i);
            }
        }
    }

    private static void inline(Phrase phrase, int cross) {
        int open = cross + 3;
        int close = phrase.closing(open);
        int alias = phrase.isWord(close + 1, "as") ? close + 2 : close + 1;
        boolean single = phrase.isWord(open + 1, "select")
                && phrase.partEnd(open + 2, close) == close
                && SelectList.listEnd(phrase, open + 1) == close;
        boolean named = phrase.at(alias).isName()
                && phrase.is(alias + 1, TokenType.OPEN)
                && phrase.closing(alias + 1) == alias + 3;
        if (!single || !named) {
            throw Dialect.unsupported(phrase, cross + 2, "LATERAL with a FROM of its own");
        }
        List<Token> expression = phrase.tokens(open + 2, close);
        String table = phrase.at(alias).text();
        String column = phrase.at(alias + 2).text();
        phrase.remove(cross, alias + 4);
        for (int i = phrase.size() - 3; i >= 0; i--) {
            boolean used = phrase.at(i).isName()
                    && phrase.at(i).text().equals(table)
                    && phrase.is(i + 1, TokenType.DOT)
                    && phrase.at(i + 2).isName()
                    && phrase.at(i + 2).text().equals(column);
            if (used) {
                phrase.replace(i, i + 3, Template.fill(phrase.at(i), " ($1)", expression));
            }
        }
    }
}
