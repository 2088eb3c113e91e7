package dev.postmaster.store.sql;

import java.util.List;

/**
 * {@code information_schema._pg_expandarray(list)}, which pgjdbc asks for keys with: a function that returns rows with
 * the fields x (the element) and n (its number). The rows come from json_each, joined beside the other tables.
 */
final class ExpandArrayRules {
    private static final String FUNCTION = "_pg_expandarray";
    private static final String ROWS = "_expand";

    private ExpandArrayRules() {}

    static void apply(Phrase phrase) {
        for (int i = 0; i < phrase.size(); i++) {
            if (phrase.isWord(i, FUNCTION) && phrase.is(i + 1, TokenType.OPEN)) {
                expand(phrase, i);
            } else {
                field(phrase, i);
            }
        }
    }

    private static void expand(Phrase phrase, int i) {
        Token anchor = phrase.at(i);
        int start = phrase.is(i - 1, TokenType.DOT) ? i - 2 : i;
        int end = phrase.closing(i + 1) + 1;
        List<Token> list = phrase.tokens(i + 2, end - 1);
        boolean number = phrase.is(start - 1, TokenType.OPEN)
                && phrase.is(end, TokenType.CLOSE)
                && phrase.is(end + 1, TokenType.DOT)
                && phrase.isWord(end + 2, "n");
        List<Token> made = Template.fill(anchor, number ? " (_expand.key + 1)" : " _expand.value");
        int first = number ? start - 1 : start;
        phrase.replace(first, number ? end + 3 : end, made);
        join(phrase, first + made.size(), list);
    }

    /** Puts the rows after the other tables, once. */
    private static void join(Phrase phrase, int i, List<Token> list) {
        int where = i;
        while (where < phrase.size() && !phrase.isWord(where, "where") && !phrase.is(where, TokenType.CLOSE)) {
            if (phrase.isWord(where, ROWS) && phrase.isWord(where - 1, "as")) {
                return;
            }
            where = phrase.is(where, TokenType.OPEN) ? phrase.closing(where) + 1 : where + 1;
        }
        Token anchor = phrase.at(i - 1);
        phrase.replace(where, where, Template.fill(anchor, ", json_each(pg_array_json($1)) AS _expand", list));
    }

    /** {@code (a.keys).x}: the field of such a row. */
    private static void field(Phrase phrase, int i) {
        if (phrase.is(i, TokenType.CLOSE) && phrase.is(i + 1, TokenType.DOT) && phrase.isWord(i + 2, "x")) {
            int open = phrase.opening(i);
            phrase.remove(i, i + 3);
            phrase.remove(open, open + 1);
        }
    }
}
